package dev.camelsiem.json;

/**
 * What a JSON text may be like to be read.
 *
 * @param depth nesting of objects and arrays
 * @param keys members of one object
 * @param stringLength bytes of a string as it is written, escapes and all
 * @param numberLength characters of a number
 * @param exponentLength digits of its exponent
 * @param values of the whole text, with all objects and arrays
 */
public record JsonLimits(
    int depth, int keys, int stringLength, int numberLength, int exponentLength, int values) {
  public JsonLimits {
    if (depth < 1
        || keys < 1
        || stringLength < 1
        || numberLength < 1
        || exponentLength < 1
        || values < 1) {
      throw new IllegalArgumentException("limits must be above 0");
    }
  }
}
