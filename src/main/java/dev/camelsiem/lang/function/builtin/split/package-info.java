/** Functions that take a text apart into a list or a map, without copying it. */
@NullMarked
package dev.camelsiem.lang.function.builtin.split;

import org.jspecify.annotations.NullMarked;
