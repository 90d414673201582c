/**
 * Threads that do not die: what escapes from the work of one is logged and counted, and the work
 * goes on after a while. Knows nothing of what the work is.
 */
@NullMarked
package dev.camelsiem.supervise;

import org.jspecify.annotations.NullMarked;
