/** Camel's doors to the CEF codec: the data format {@code cef} and the step of siem-cef-action. */
@NullMarked
package dev.camelsiem.edge.camel.cef;

import org.jspecify.annotations.NullMarked;
