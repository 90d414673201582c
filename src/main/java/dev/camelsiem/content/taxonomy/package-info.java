/**
 * The taxonomy: names, types and allowed values of the fields of a normalized event (xp-language
 * 7.1 and 7.5), kept as a data file.
 */
@NullMarked
package dev.camelsiem.content.taxonomy;

import org.jspecify.annotations.NullMarked;
