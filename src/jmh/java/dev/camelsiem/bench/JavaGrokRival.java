package dev.camelsiem.bench;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import io.krakens.grok.api.Match;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** java-grok (java.util.regex), one expression after the other. Loaded by {@link Rivals} only. */
public final class JavaGrokRival implements Function<byte[], Object> {
  private final Grok[] groks;

  public JavaGrokRival(List<String> expressions) {
    GrokCompiler compiler = GrokCompiler.newInstance();
    compiler.registerDefaultPatterns();
    groks = expressions.stream().map(e -> compiler.compile(e, true)).toArray(Grok[]::new);
  }

  @Override
  public Object apply(byte[] event) {
    String line = new String(event, StandardCharsets.UTF_8);
    for (Grok grok : groks) {
      Match match = grok.match(line);
      if (!match.isNull()) {
        return match.capture();
      }
    }
    return Map.of();
  }
}
