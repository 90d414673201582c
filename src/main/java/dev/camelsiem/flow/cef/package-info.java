/**
 * Security events to CEF lines and back (kcs-cef sections 1 to 5 and 11.6): the event as it is
 * read, the encoder, the reader, the frames of a stream. Bytes in, bytes out; Camel is elsewhere.
 */
@NullMarked
package dev.camelsiem.flow.cef;

import org.jspecify.annotations.NullMarked;
