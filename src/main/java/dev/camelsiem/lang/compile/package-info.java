/**
 * From a tree to a rule that runs: names, arity, fields, constants, slots, and the warnings of the
 * linter.
 *
 * <p>A source text enters the {@link dev.camelsiem.lang.compile.RuleCompiler}; a {@link
 * dev.camelsiem.lang.compile.CompiledRule} and findings leave. The only package that sees both the
 * tree and the nodes.
 */
@NullMarked
package dev.camelsiem.lang.compile;

import org.jspecify.annotations.NullMarked;
