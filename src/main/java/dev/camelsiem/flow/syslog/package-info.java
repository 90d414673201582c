/**
 * The syslog layer of one event: where its header ends and what the header says.
 *
 * <p>Bytes come in, positions in the same bytes go out. Nothing is decoded, nothing is allocated,
 * nothing is ever refused: text that is not syslog is a result like any other.
 */
@NullMarked
package dev.camelsiem.flow.syslog;

import org.jspecify.annotations.NullMarked;
