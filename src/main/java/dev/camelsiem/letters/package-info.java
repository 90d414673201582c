/**
 * Dead letters on disk: lines of JSON in files of bounded size, what an origin may take of them,
 * sums of what was not kept, and what has been replayed. Knows nothing of Camel.
 */
@NullMarked
package dev.camelsiem.letters;

import org.jspecify.annotations.NullMarked;
