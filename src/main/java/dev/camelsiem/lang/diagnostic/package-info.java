/**
 * Findings about a source text: what is wrong, where, and what to write instead.
 *
 * <p>Engines hand out {@link dev.camelsiem.lang.diagnostic.Diagnostic} values and never print; the
 * command line and the loaders render them. Serves XP formulas, rule metadata, CEF mappings and the
 * integrations file alike.
 */
@NullMarked
package dev.camelsiem.lang.diagnostic;

import org.jspecify.annotations.NullMarked;
