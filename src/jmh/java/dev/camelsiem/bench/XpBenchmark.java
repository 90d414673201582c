package dev.camelsiem.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The rule engine and other engines on the same events, one thread: events per second. {@link
 * XpBench} runs it with the engines that fit each workload and prints the ratios.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class XpBenchmark {
  @Param({"w1"})
  public String workload;

  @Param({"camel-siem"})
  public String engine;

  /** Where the rules of W1 to W4 are. */
  @Param({"rules"})
  public String rules;

  private EngineWorkload ours;
  private Function<byte[], Object> rival;

  /** Nothing is timed whose result is not right. */
  @Setup
  public void prepare() {
    ours = new EngineWorkload(workload, Path.of(rules));
    if (engine.equals("camel-siem")) {
      ours.verify();
      return;
    }
    rival = Rivals.of(engine, workload);
    for (byte[] event : ours.raw()) {
      if (((Map<?, ?>) rival.apply(event)).isEmpty()) {
        throw new IllegalStateException(engine + " does not match " + new String(event));
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(EngineWorkload.EVENTS)
  public void event(Blackhole blackhole) {
    if (rival == null) {
      blackhole.consume(ours.run());
      return;
    }
    for (byte[] event : ours.raw()) {
      blackhole.consume(rival.apply(event));
    }
  }
}
