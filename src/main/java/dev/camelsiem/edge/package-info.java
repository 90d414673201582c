/**
 * The outside: Camel, the command line, the launcher. Thin; what decides about events lives in the
 * floors below.
 */
@NullMarked
package dev.camelsiem.edge;

import org.jspecify.annotations.NullMarked;
