/** How a rule describes an event, for its author: which criteria hold, which do not and why. */
@NullMarked
package dev.camelsiem.check.describe;

import org.jspecify.annotations.NullMarked;
