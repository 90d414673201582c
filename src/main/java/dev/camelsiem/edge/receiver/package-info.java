/**
 * A syslog receiver that plays a SIEM: for {@code siem listen}, for the demonstration that the
 * launcher embeds, and for tests, which ask it to be slow, to stall or to refuse. Plain sockets,
 * one thread per connection; not meant to serve the public.
 */
@NullMarked
package dev.camelsiem.edge.receiver;

import org.jspecify.annotations.NullMarked;
