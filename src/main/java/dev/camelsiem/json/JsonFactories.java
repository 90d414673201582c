package dev.camelsiem.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Where all factories of JSON parsers and generators come from. A factory of Jackson keeps the
 * names of members that its parsers have met, up to 6,000 of any length, for as long as it lives;
 * so names that strangers choose are for {@link JsonReader}, and these here for our own files.
 */
public final class JsonFactories {
  /** With 6,000 of them a factory keeps some 3 MB. */
  private static final int LONGEST_NAME = 256;

  private JsonFactories() {}

  /** For texts whose names are ours. */
  public static JsonFactoryBuilder builder() {
    return builder(StreamReadConstraints.builder());
  }

  /** The same with other limits; that of names is ours. */
  public static JsonFactoryBuilder builder(StreamReadConstraints.Builder limits) {
    return new JsonFactoryBuilder()
        .streamReadConstraints(limits.maxNameLength(LONGEST_NAME).build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES); // the process would keep them
  }

  /** For small texts whose names are ours. */
  public static ObjectMapper mapper() {
    return new ObjectMapper(builder().build());
  }
}
