/** Dates and times: the calendar, instants, and the one reader of dates that stand in texts. */
@NullMarked
package dev.camelsiem.time;

import org.jspecify.annotations.NullMarked;
