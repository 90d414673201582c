package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.value.ValueKind;

/**
 * One place in a format that gives a name to what it matched. The same name may have several; those
 * that took part in a match assign in the order of the format.
 *
 * @param name with {@code $} removed for a variable
 * @param isField true for an event field, false for a variable
 * @param value the kind of the value that it gives
 * @param span the name, in the source text
 */
public record Binding(String name, boolean isField, TokenKind token, ValueKind value, Span span) {}
