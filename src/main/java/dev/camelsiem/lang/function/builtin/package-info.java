/**
 * The list of all built-in functions and the way to one by its name; the rooms below hold one class
 * for each, by what it is about.
 */
@NullMarked
package dev.camelsiem.lang.function.builtin;

import org.jspecify.annotations.NullMarked;
