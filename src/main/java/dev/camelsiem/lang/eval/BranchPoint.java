package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;

/**
 * A way that an evaluation can take, for {@link Trace} and coverage.
 *
 * @param span the keyword and condition of an {@code if}, {@code elif} or {@code case}, the keyword
 *     of an {@code else}; the whole construct when it is the way past a missing {@code else}
 * @param implicit true for the way past a missing {@code else}
 */
public record BranchPoint(Span span, boolean implicit) {}
