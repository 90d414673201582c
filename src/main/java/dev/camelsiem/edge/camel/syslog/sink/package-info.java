/**
 * The Kamelet {@code siem-syslog-sink}: batches out over syslog, without a log, over a {@link
 * dev.camelsiem.delivery.wire.SyslogConnection}.
 */
@NullMarked
package dev.camelsiem.edge.camel.syslog.sink;

import org.jspecify.annotations.NullMarked;
