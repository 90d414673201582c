/**
 * From the text of a formula to its tree: lexer, parser, sealed tree, printer.
 *
 * <p>What enters is a {@link dev.camelsiem.lang.diagnostic.SourceFile}; what leaves is an immutable
 * {@link dev.camelsiem.lang.syntax.Formula} and the findings of the whole text. Nothing here knows
 * functions, fields or how to run.
 */
@NullMarked
package dev.camelsiem.lang.syntax;

import org.jspecify.annotations.NullMarked;
