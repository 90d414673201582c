/**
 * What a built-in function is: its declaration and its executable body. Constant arguments come in
 * when a rule is compiled, values when an event is looked at; values leave. The functions
 * themselves live in the rooms below {@code builtin}.
 */
@NullMarked
package dev.camelsiem.lang.function;

import org.jspecify.annotations.NullMarked;
