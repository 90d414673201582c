/**
 * What travels between the rooms: raw events, batches of encoded events, events that had to stop.
 */
@NullMarked
package dev.camelsiem.flow.event;

import org.jspecify.annotations.NullMarked;
