/** Functions about any value: the first that is set, conversion to text and Bool. */
@NullMarked
package dev.camelsiem.lang.function.builtin.value;

import org.jspecify.annotations.NullMarked;
