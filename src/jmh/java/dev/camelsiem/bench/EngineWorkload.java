package dev.camelsiem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerOptions;
import dev.camelsiem.flow.normalize.NormalizerWorker;
import dev.camelsiem.flow.normalize.Outcome;
import dev.camelsiem.flow.normalize.RuleSet;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A workload in memory with the rules for it, ready to be normalized by one thread. The rules of W1
 * to W4 are all those of the folder {@code rules/}; those of WR-n are generated.
 */
final class EngineWorkload {
  static final int EVENTS = 2_000;

  private static final long RECEIVED = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private static final int BATCH = 200;

  private final String name;
  private final List<WorkloadEvent> events;
  private final byte[][] raw;
  private final RawEvent[] received;
  private final BodyFormat format;
  private final NormalizerWorker worker;
  private final int rules;
  private int largestBatch = BATCH * 256;

  EngineWorkload(String name, Path ruleFolder) {
    this.name = name;
    events = Workloads.events(name, EVENTS);
    raw = events.stream().map(WorkloadEvent::bytes).toArray(byte[][]::new);
    received = Stream.of(raw).map(EngineWorkload::received).toArray(RawEvent[]::new);
    format =
        switch (name) {
          case "w3" -> BodyFormat.JSON;
          case "w4" -> BodyFormat.EVENTLOG;
          default -> BodyFormat.TEXT;
        };
    List<NamedRule> named = name.startsWith("wr-") ? scalingRules() : rulesIn(ruleFolder);
    rules = named.size();
    worker = new Normalizer(RuleSet.of(named, "bench"), NormalizerOptions.DEFAULT).newWorker();
  }

  private static RawEvent received(byte[] bytes) {
    return new RawEvent(bytes, 0, bytes.length, "bench", 0, RECEIVED);
  }

  int rules() {
    return rules;
  }

  /** The raw events as strings, for rivals. */
  List<String> lines() {
    return events.stream().map(WorkloadEvent::raw).toList();
  }

  byte[][] raw() {
    return raw;
  }

  /** Normalizes all events once, in batches; the number of bytes that came out. */
  int run() {
    int bytes = 0;
    for (int from = 0; from < raw.length; from += BATCH) {
      EncodedBatch.Builder out = new EncodedBatch.Builder(largestBatch, BATCH);
      for (int i = from; i < from + BATCH; i++) {
        Outcome outcome = worker.normalize(received[i], format, out);
        if (outcome.stop() == StopReason.NO_RULE_MATCHED) {
          worker.explainInTime(worker.envelope(), outcome);
        }
      }
      largestBatch = Math.max(largestBatch, out.position());
      bytes += out.position();
    }
    return bytes;
  }

  /** Compares every normalized event with what the generator expects; throws when one differs. */
  void verify() {
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < raw.length; i++) {
      EncodedBatch.Builder out = new EncodedBatch.Builder(2048);
      Outcome outcome = worker.normalize(received[i], format, out);
      String shown = name + " event " + i + ": " + events.get(i).raw();
      if (outcome.stop() == StopReason.NO_RULE_MATCHED && events.get(i).expected().isEmpty()) {
        continue;
      }
      if (!outcome.isNormalized()) {
        throw new IllegalStateException(shown + "\n" + outcome);
      }
      try {
        compare(events.get(i).expected(), json.readTree(out.build().get(0)), shown);
      } catch (IOException e) {
        throw new UncheckedIOException(shown, e);
      }
    }
  }

  private void compare(Map<String, String> expected, JsonNode actual, String shown) {
    if (name.equals("w4")) {
      expected.forEach(
          (field, value) -> {
            JsonNode got = actual.path(field);
            boolean number = Set.of("src.port", "dst.port", "logon_type").contains(field);
            if (!got.asText().equals(value) || got.isNumber() != number) {
              throw new IllegalStateException(
                  shown + "\n" + field + " = " + got + ", not " + value);
            }
          });
      if (actual.size() != expected.size()) {
        throw new IllegalStateException(
            shown + "\n" + actual + " has other fields than " + expected);
      }
      return;
    }
    Set<String> values = new HashSet<>();
    actual.elements().forEachRemaining(value -> values.add(value.asText()));
    if (!values.containsAll(expected.values())) {
      throw new IllegalStateException(shown + "\n" + actual + " lacks some of " + expected);
    }
  }

  private List<NamedRule> scalingRules() {
    List<String> templates = Workloads.templates(Integer.parseInt(name.split("-")[1]));
    List<NamedRule> named = new ArrayList<>();
    for (String template : templates) {
      String code = template.substring(template.lastIndexOf(' ') + 1);
      String format =
          "{\"<\"NUMBER\">\"?}{time=DATETIME} {event_src.hostname=HOSTNAME} appd[{subject.process.id=NUMBER}]: "
              + template
                  .replace("<u>", "{subject.account.name=STRING}")
                  .replace("<ip>", "{src.ip=IPV4}")
                  .replace("<n>", "{src.port=NUMBER}");
      named.add(rule("wr/" + code, "TEXT = '" + format + "'\nid = \"R" + code + "\"\n"));
    }
    return named;
  }

  private static List<NamedRule> rulesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<NamedRule> named = new ArrayList<>();
      for (Path formula : files.filter(file -> file.endsWith("formula.xp")).sorted().toList()) {
        named.add(rule(formula.toString(), Files.readString(formula)));
      }
      return named;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NamedRule rule(String name, String source) {
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile(name, source), Taxonomy.standard(), Options.FOR_PRODUCTION);
    if (compilation.rule() == null) {
      throw new IllegalStateException(compilation.findings().toString());
    }
    return new NamedRule(name, compilation.rule());
  }
}
