package dev.camelsiem.flow.event;

import dev.camelsiem.text.DecodingProblem;
import java.util.Locale;

/**
 * Why an event did not reach its end. The lower-case name is what dead letters, reports and
 * counters show.
 */
public enum StopReason {
  /** The source's limit on the size of an event. */
  TOO_LARGE,
  /** Not JSON, not XML, not CEF where that was expected. */
  MALFORMED,
  /** Not valid UTF-8. */
  INVALID_ENCODING,
  /** JSON or XML deeper or wider than the limits. */
  LIMIT_EXCEEDED,
  /** A security event without {@code id}. */
  MISSING_ID,
  /** A security event whose id belongs to no family of the mapping. */
  UNKNOWN_FAMILY,
  /** A field without which the event cannot be encoded is missing or unusable. */
  INVALID_FIELD,
  /** No rule of the rule set matched. */
  NO_RULE_MATCHED,
  /** A rule said {@code drop}. */
  DROPPED_BY_RULE,
  /** A rule went over its budget or the engine failed on this event. */
  EVALUATION_FAILED,
  /** The category filter kept it back from every integration. */
  FILTERED_BY_CATEGORY,
  /** It could not be delivered and there was no room to keep it. */
  UNDELIVERABLE;

  /** That of a text which could not be decoded. */
  public static StopReason of(DecodingProblem.Kind kind) {
    return switch (kind) {
      case MALFORMED -> MALFORMED;
      case INVALID_ENCODING -> INVALID_ENCODING;
      case LIMIT_EXCEEDED -> LIMIT_EXCEEDED;
    };
  }

  /** For example {@code no_rule_matched}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
