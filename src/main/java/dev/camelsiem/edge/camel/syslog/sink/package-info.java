/**
 * The Kamelet {@code siem-syslog-sink}: batches out over syslog to one receiver, over a {@link
 * dev.camelsiem.delivery.wire.SyslogConnection} or, with a data folder, by way of a log.
 */
@NullMarked
package dev.camelsiem.edge.camel.syslog.sink;

import org.jspecify.annotations.NullMarked;
