/** Normalized events as lines for a SIEM: the last step of normalization, by a mapping. */
@NullMarked
package dev.camelsiem.flow.output;

import org.jspecify.annotations.NullMarked;
