/** Functions about lists. */
@NullMarked
package dev.camelsiem.lang.function.builtin.list;

import org.jspecify.annotations.NullMarked;
