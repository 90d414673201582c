package dev.camelsiem.bench;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
 * encoded, decoded, and looked at as the relay does. One thread; events per second, and with {@code
 * -prof gc} bytes allocated per event. Run with {@code bin/bench cef}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CefBenchmark {
  private static final int BATCH = 500;

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
