/**
 * Keeps events that had to stop: dead letters, or what Camel's dead letter channel hands over, come
 * in; lines of JSON in files of bounded size are what remains.
 */
@NullMarked
package dev.camelsiem.edge.camel.deadletter;

import org.jspecify.annotations.NullMarked;
