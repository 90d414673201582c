/** Validation of rules: the compiler that the pipeline uses, the linter, metadata and tests. */
@NullMarked
package dev.camelsiem.check.validate;

import org.jspecify.annotations.NullMarked;
