/** One event's way through the house, room by room. Knows nothing of Camel. */
@NullMarked
package dev.camelsiem.flow;

import org.jspecify.annotations.NullMarked;
