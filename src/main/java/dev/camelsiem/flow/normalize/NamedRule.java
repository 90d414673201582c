package dev.camelsiem.flow.normalize;

import dev.camelsiem.lang.compile.CompiledRule;

/**
 * A rule with the name under which it is counted and reported.
 *
 * @param id unique in its set: the folder's path or the value of the field {@code id}
 */
public record NamedRule(String id, CompiledRule rule) {}
