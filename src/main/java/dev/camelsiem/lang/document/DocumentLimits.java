package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonLimits;

/**
 * What a structured body may be like to be decoded.
 *
 * @param bytes size of the body
 * @param depth nesting of objects, arrays or elements
 * @param keys members of one JSON object, attributes and children of one XML element
 * @param numberLength characters of a JSON number
 * @param values of a JSON body, with all objects and arrays; elements and attributes of an XML
 *     body. A value takes up some hundred bytes, whatever few bytes of the body it is
 */
public record DocumentLimits(int bytes, int depth, int keys, int numberLength, int values) {
  /** 1 MiB, 64 levels, 4096 keys, 100 characters, 100,000 values. */
  public static final DocumentLimits DEFAULT = new DocumentLimits(1 << 20, 64, 4096, 100, 100_000);

  /** Digits of an exponent; a number with more is none that arithmetic knows. */
  private static final int LONGEST_EXPONENT = 9;

  public DocumentLimits {
    if (bytes < 1 || depth < 1 || keys < 1 || numberLength < 1 || values < 1) {
      throw new IllegalArgumentException("limits must be above 0");
    }
  }

  /**
   * Those that a JSON text is read with. Its strings are as long as they like: a body is limited as
   * a whole, and an envelope around one is not.
   */
  JsonLimits json() {
    return new JsonLimits(depth, keys, Integer.MAX_VALUE, numberLength, LONGEST_EXPONENT, values);
  }
}
