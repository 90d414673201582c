/**
 * A YAML text as a small tree whose every node knows its place, so that findings can point at it.
 * In come texts that nobody trusts: size, depth and aliases are bounded.
 */
@NullMarked
package dev.camelsiem.integration.yaml;

import org.jspecify.annotations.NullMarked;
