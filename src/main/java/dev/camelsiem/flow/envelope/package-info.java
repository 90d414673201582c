/**
 * Unwraps what the collector wrapped (xp-language 8.1): a raw event comes in, its body, its formats
 * and what formulas may read about its reception go out.
 */
@NullMarked
package dev.camelsiem.flow.envelope;

import org.jspecify.annotations.NullMarked;
