/**
 * Starts the pipeline as a program: settings, Camel, the receiver for newcomers, the report of what
 * runs.
 */
@NullMarked
package dev.camelsiem.edge.launch;

import org.jspecify.annotations.NullMarked;
