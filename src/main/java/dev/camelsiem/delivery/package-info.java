/**
 * Delivery: every event goes into one durable log, and each SIEM integration reads it at its own
 * cursor. Knows nothing of Camel or sockets; the wire is behind {@link
 * dev.camelsiem.delivery.Transport}.
 */
@NullMarked
package dev.camelsiem.delivery;

import org.jspecify.annotations.NullMarked;
