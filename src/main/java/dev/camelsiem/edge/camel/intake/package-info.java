/**
 * What the sources that strangers can reach share: limits on connections and on what half-sent
 * events may hold, and the listener's side of TLS. Knows neither syslog nor HTTP.
 */
@NullMarked
package dev.camelsiem.edge.camel.intake;

import org.jspecify.annotations.NullMarked;
