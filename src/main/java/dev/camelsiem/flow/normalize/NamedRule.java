package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.lang.compile.CompiledRule;

/**
 * A rule with the name under which it is counted and reported.
 *
 * @param id unique in its set: the folder's path or the value of the field {@code id}
 * @param descriptions of its events; the default sentences when they were not loaded
 */
public record NamedRule(String id, CompiledRule rule, Descriptions descriptions) {
  public NamedRule(String id, CompiledRule rule) {
    this(id, rule, Descriptions.none(rule, id));
  }
}
