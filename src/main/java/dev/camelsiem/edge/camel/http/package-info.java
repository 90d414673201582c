/**
 * Events over HTTP: a request comes in, is checked and cut into events before anything else sees
 * it, and its answer says what became of each line.
 *
 * <p>{@code HttpServer} is one port with its limits, {@code RequestHandler} collects the bodies of
 * one connection on the network's threads, {@code Job} is what a worker does with a whole one, and
 * {@link dev.camelsiem.edge.camel.http.HttpConsumer} makes exchanges of its batches.
 */
@NullMarked
package dev.camelsiem.edge.camel.http;

import org.jspecify.annotations.NullMarked;
