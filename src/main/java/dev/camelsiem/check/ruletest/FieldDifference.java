package dev.camelsiem.check.ruletest;

import org.jspecify.annotations.Nullable;

/**
 * A field in which the event differs from the expectation.
 *
 * @param expected null when the field was not expected at all
 * @param actual null when the event lacks the field
 */
public record FieldDifference(String field, @Nullable Object expected, @Nullable Object actual) {}
