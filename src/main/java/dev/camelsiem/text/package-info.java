/**
 * Bytes that are text: slices of UTF-8, their classes of characters, and the array that output
 * grows in. The lowest room; it knows of no other.
 */
@NullMarked
package dev.camelsiem.text;

import org.jspecify.annotations.NullMarked;
