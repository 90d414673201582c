/**
 * Syslog over TCP, TLS and UDP into routes: sockets, frames, batches, back-pressure.
 *
 * <p>{@code SyslogReceiver} is what a Kamelet configures. Network threads only cut frames and put
 * them into one {@code BatchQueue}; one thread hands batches to the route, and when it is behind,
 * connections are no longer read.
 */
@NullMarked
package dev.camelsiem.edge.camel.syslog.source;

import org.jspecify.annotations.NullMarked;
