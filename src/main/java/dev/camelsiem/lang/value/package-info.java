/**
 * The values of the XP language and every rule about them: null, comparison, conversion, output
 * form.
 *
 * <p>A value is a {@code @Nullable Object}: null is the language's null, and the other kinds are
 * {@link Boolean}, {@link Long}, {@link java.math.BigDecimal} (only from fractional JSON numbers),
 * {@link dev.camelsiem.lang.value.Text} and the types of this package. All are immutable.
 */
@NullMarked
package dev.camelsiem.lang.value;

import org.jspecify.annotations.NullMarked;
