/**
 * The list and the registry of all built-in functions; the rooms below hold one class for each, by
 * what it is about.
 */
@NullMarked
package dev.camelsiem.lang.function.builtin;

import org.jspecify.annotations.NullMarked;
