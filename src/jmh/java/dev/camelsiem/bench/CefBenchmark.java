package dev.camelsiem.bench;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.cef.BatchEncoder;
import dev.camelsiem.flow.cef.CefEncoder;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefFacts;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.CefReader;
import dev.camelsiem.flow.cef.SecurityEvent;
import dev.camelsiem.flow.cef.SecurityEventReader;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.OutputWriter;
import dev.camelsiem.flow.normalize.RuleSet;
import dev.camelsiem.flow.output.LineForm;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CEF by the event: a filled process event (every key of the family) is encoded, read from JSON and
 * encoded, decoded, and looked at as the relay does; what a rule has found of a login is encoded.
 * One thread; events per second, and with {@code -prof gc} bytes allocated per event. Run with
 * {@code bin/bench cef}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CefBenchmark {
  private static final int BATCH = 500;
  private static final long RECEIVED = 1_700_000_000_000L;

  private final CefEncoding encoding =
      new CefEncoding(
          CefMappings.load(CefMappings.CONTAINER_SECURITY),
          CefOptions.builder().host("host").build());
  private final CefEncoder encoder = encoding.newEncoder();
  private final SecurityEventReader eventReader = encoding.newReader();
  private final SecurityEvent event = encoding.newEvent();
  private final BatchEncoder batchEncoder = new BatchEncoder(encoding);
  private final CefReader reader = new CefReader();
  private final CefFacts facts = new CefFacts(encoding.mappings(), null);
  private final List<RawEvent> events = new ArrayList<>();
  private final Frame frame = new Frame();
  private final OutputWriter normalized = normalized();
  private byte[] line = new byte[0];
  private String text = "";

  /** Fills the events; their times are 100 ms apart, as a busy source's are. */
  @Setup
  public void fill() {
    for (int i = 0; i < BATCH; i++) {
      byte[] json = json(1739873248000L + i * 100L, 1_846_367 + i);
      events.add(new RawEvent(json, 0, json.length, "bench", i, 0));
    }
    RawEvent first = events.get(0);
    if (eventReader.read(first.array(), first.from(), first.to(), event) != null) {
      throw new IllegalStateException("the event cannot be read");
    }
    text = batchEncoder.encode(List.of(first), letter -> {}).get(0);
    line = text.getBytes(StandardCharsets.UTF_8);
  }

  private static CompiledRule rule() {
    String formula =
        "TEXT = '{\"<\"NUMBER\">\"?} {time=DATETIME} {event_src.host=HOSTNAME}"
            + " sshd[{subject.process.id=NUMBER}]: Failed password for {subject.account.name=STRING}"
            + " from {src.ip=IPV4} port {src.port=NUMBER} {logon_service=WORD}'\n"
            + "id = \"CS_Failed_password\" importance = \"low\" action = \"login\" object ="
            + " \"system\" status = \"failure\" event_src.vendor = \"openbsd\" event_src.title ="
            + " \"openssh\" event_src.category = \"Operating system\" category.generic ="
            + " \"Operating System\" category.high = \"Access Management\" category.low ="
            + " \"Communication\" protocol.layer7 = \"ssh\" msgid = \"failed\"";
    CompiledRule rule =
        RuleCompiler.compile(
                new SourceFile("failed", formula), Taxonomy.standard(), Options.FOR_PRODUCTION)
            .rule();
    return Objects.requireNonNull(rule);
  }

  private OutputWriter normalized() {
    CompiledRule rule = rule();
    String text =
        "<86>Nov  1 00:00:01 web-33 sshd[3049]: Failed password for root from 192.0.2.7 port 33006"
            + " ssh2";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Document document = new Document(DocumentLimits.DEFAULT);
    document.load(bytes, 0, bytes.length);
    EnvelopeInputs inputs = EnvelopeInputs.receivedAt(RECEIVED);
    if (rule.evaluate(document, inputs, frame, null) != RuleOutcome.NORMALIZED) {
      throw new IllegalStateException("the event is not the rule's");
    }
    CefEncoding lines =
        new CefEncoding(
            CefMappings.load(CefMappings.NORMALIZED), CefOptions.builder().host("host").build());
    RuleSet rules = RuleSet.of(List.of(new NamedRule("CS_Failed_password", rule)), "1");
    return new LineForm(lines).newWriter(rules, 1 << 20);
  }

  private static byte[] json(long time, int pid) {
    String json =
        "{\"time\":"
            + time
            + ",\"id\":\"PM-002\",\"mode\":\"Audited\",\"pid\":"
            + pid
            + ",\"parentPid\":1845879,\"newPid\":1846368,\"process\":\"sh\",\"euid\":0,\"egid\":0,"
            + "\"command\":\"sh -c \\\"export A=1; id\\\"\",\"operation\":\"exec\","
            + "\"path\":\"/bin/sh\",\"source\":\"app-6d9f-abcde\",\"sourceIp\":\"10.244.1.12\","
            + "\"cluster\":\"prod\",\"node\":\"worker-1\",\"namespace\":\"shop\","
            + "\"pod\":\"app-6d9f-abcde\",\"container\":\"app\",\"nodeIp\":\"192.0.2.11\","
            + "\"image\":\"team/app:1.4.2\",\"imageDigest\":\"sha256:4bcff63911fcb4448bd4fdacec2070"
            + "30997caf25e9bea4045fa6c8c44de311d1\",\"containerId\":\"0ce05246346b6687cb754cf716c57"
            + "f20f226e159397e8e5985e55b448cb92e3f\",\"agentGroup\":\"default\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** An event in slots to a line in a batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public EncodedBatch encode() {
    EncodedBatch.Builder batch = new EncodedBatch.Builder(BATCH * (line.length + 32));
    for (int i = 0; i < BATCH; i++) {
      if (encoder.encode(event, 0, null, batch) != null) {
        throw new IllegalStateException("refused");
      }
    }
    return batch.build();
  }

  /** JSON bytes to a line in a batch: the whole step of a route. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public EncodedBatch readJsonAndEncode() {
    return batchEncoder.encode(
        events,
        letter -> {
          throw new IllegalStateException(letter.detail());
        });
  }

  /** What a rule has left in a frame to a line in a batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public EncodedBatch writeNormalized() {
    EncodedBatch.Builder batch = new EncodedBatch.Builder(BATCH * 512);
    for (int i = 0; i < BATCH; i++) {
      if (normalized.write(0, frame, RECEIVED, null, batch) != null) {
        throw new IllegalStateException("refused");
      }
    }
    return batch.build();
  }

  /** A line to a message with all its pairs. */
  @Benchmark
  public CefReader.Reading decode() {
    return reader.read(text);
  }

  /** A line to what the category filter reads: the relay's cost. */
  @Benchmark
  public CefFacts.Result relayFacts() {
    return facts.of(line, 0, line.length);
  }
}
