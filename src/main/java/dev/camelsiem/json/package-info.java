/**
 * JSON as bytes: read strictly, in one pass, onto a tape of rows that remember where in the bytes
 * everything stands; written straight from bytes. What values a language makes of the rows is not
 * known here.
 *
 * <p>Nothing here throws on data. The factories of Jackson's parsers come from here as well.
 */
@NullMarked
package dev.camelsiem.json;

import org.jspecify.annotations.NullMarked;
