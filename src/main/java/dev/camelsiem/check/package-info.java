/** For rule authors: validation, rule tests, coverage and traces. Prints nothing itself. */
@NullMarked
package dev.camelsiem.check;

import org.jspecify.annotations.NullMarked;
