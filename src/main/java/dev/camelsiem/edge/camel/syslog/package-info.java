/** Camel's doors to syslog: the listener is in {@code source}, the sender in {@code sink}. */
@NullMarked
package dev.camelsiem.edge.camel.syslog;

import org.jspecify.annotations.NullMarked;
