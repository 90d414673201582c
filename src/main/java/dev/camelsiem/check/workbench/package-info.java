/** Expressions, statements and formulas evaluated on the spot, as {@code siem eval} does it. */
@NullMarked
package dev.camelsiem.check.workbench;

import org.jspecify.annotations.NullMarked;
