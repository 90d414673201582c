package dev.camelsiem.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.opensearch.grok.Grok;

/** OpenSearch's Grok (Joni), one expression after the other. Loaded by {@link Rivals} only. */
public final class OpenSearchGrokRival implements Function<byte[], Object> {
  private final Grok[] groks;

  public OpenSearchGrokRival(List<String> expressions) {
    groks =
        expressions.stream()
            .map(expression -> new Grok(Grok.BUILTIN_PATTERNS, expression, message -> {}))
            .toArray(Grok[]::new);
  }

  @Override
  public Object apply(byte[] event) {
    String line = new String(event, StandardCharsets.UTF_8);
    for (Grok grok : groks) {
      Map<String, Object> fields = grok.captures(line);
      if (fields != null) {
        return fields;
      }
    }
    return Map.of();
  }
}
