/**
 * The durable log: segments of checksummed records, one cursor for each reader, recovery that never
 * refuses to start.
 */
@NullMarked
package dev.camelsiem.delivery.log;

import org.jspecify.annotations.NullMarked;
