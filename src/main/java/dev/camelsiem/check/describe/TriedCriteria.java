package dev.camelsiem.check.describe;

import dev.camelsiem.content.rulepackage.Metainfo;
import java.util.List;

/**
 * Criteria that were tried on an event.
 *
 * @param line of metainfo.yaml on which they stand, from 1
 * @param text on one line
 * @param failed the comparisons that would have to hold as well, each with the values that it met;
 *     empty when the criteria hold
 */
public record TriedCriteria(
    Metainfo.Description source, int line, String text, List<Failed> failed) {
  /**
   * A comparison that does not hold.
   *
   * @param text as it was written
   * @param values what its fields are, in words
   */
  public record Failed(String text, String values) {}

  public boolean hold() {
    return failed.isEmpty();
  }
}
