/** Functions about dates and durations. */
@NullMarked
package dev.camelsiem.lang.function.builtin.time;

import org.jspecify.annotations.NullMarked;
