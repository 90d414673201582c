/**
 * The body of one event, decoded at most once per format whatever number of rules looks at it:
 * text, JSON, event log, XML, table.
 *
 * <p>Bytes and limits come in, values leave. Nothing here throws on data: what can't be decoded is
 * null and has a {@link dev.camelsiem.text.DecodingProblem}.
 */
@NullMarked
package dev.camelsiem.lang.document;

import org.jspecify.annotations.NullMarked;
