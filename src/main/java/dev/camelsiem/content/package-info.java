/** Rules on disk: files in, checked packages out. Knows the language, not the events. */
@NullMarked
package dev.camelsiem.content;

import org.jspecify.annotations.NullMarked;
