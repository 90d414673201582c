/** Rule sets from disk or the class path, compiled on all processors, ready to normalize with. */
@NullMarked
package dev.camelsiem.flow.ruleset;

import org.jspecify.annotations.NullMarked;
