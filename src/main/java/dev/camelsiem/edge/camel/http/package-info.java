/**
 * Events over HTTP: a request comes in, is checked and cut into events before anything else sees
 * it, and its answer says what became of each line.
 *
 * <p>{@link dev.camelsiem.edge.camel.http.HttpIntake} stands before the route, {@code HttpAnswer}
 * behind it.
 */
@NullMarked
package dev.camelsiem.edge.camel.http;

import org.jspecify.annotations.NullMarked;
