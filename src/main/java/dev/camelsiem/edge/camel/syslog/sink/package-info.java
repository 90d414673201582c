/**
 * Batches out over syslog: framing, TLS with a checked host name, UDP datagrams and a write that
 * never hangs, put under Camel's netty producer by way of its own extension points. The Kamelet
 * {@code siem-syslog-sink} and the integrations use the same {@link
 * dev.camelsiem.edge.camel.syslog.sink.SyslogWire}.
 */
@NullMarked
package dev.camelsiem.edge.camel.syslog.sink;

import org.jspecify.annotations.NullMarked;
