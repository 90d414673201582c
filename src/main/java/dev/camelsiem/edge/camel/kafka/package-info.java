/**
 * Batches of events from and to Kafka, around camel-kafka: records in, commit after delivery,
 * records out.
 */
@NullMarked
package dev.camelsiem.edge.camel.kafka;

import org.jspecify.annotations.NullMarked;
