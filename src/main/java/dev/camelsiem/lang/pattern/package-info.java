/**
 * The language of TEXT formats: a format string is parsed, checked and compiled once into a {@link
 * dev.camelsiem.lang.pattern.TextPattern} that matches UTF-8 bytes without making garbage.
 *
 * <p>A format comes in with its place in a source text; findings (XP3xx) and a pattern leave. The
 * matcher works with an explicit stack, charges every step to a budget and remembers choices that
 * failed, so that no format and no text can make it run away.
 */
@NullMarked
package dev.camelsiem.lang.pattern;

import org.jspecify.annotations.NullMarked;
