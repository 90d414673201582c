package dev.camelsiem.bench;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A look at the rule engine's speed within seconds, to see at once what a change did; figures that
 * are published come from {@link XpBenchmark}. Arguments: seconds a workload, rule folder, and
 * workloads.
 */
public final class QuickXp {
  private QuickXp() {}

  public static void main(String[] arguments) {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
    Path rules = Path.of(arguments.length > 1 ? arguments[1] : "rules");
    String[] names =
        arguments.length > 2
            ? Arrays.copyOfRange(arguments, 2, arguments.length)
            : new String[] {
              "w1",
              "w2",
              "w3",
              "w4",
              "wr-1",
              "wr-10",
              "wr-100",
              "wr-1000",
              "wr-3000",
              "wr-3000-unknown"
            };
    PrintStream out = System.out;
    out.println("workload  rules  CPU ns/event   events/CPU s  bytes/event");
    for (String name : names) {
      EngineWorkload workload = new EngineWorkload(name, rules);
      workload.verify();
      measure(workload, seconds / 2);
      double[] result = measure(workload, seconds / 2);
      out.printf(
          "%-8s %6d %13.0f %14.0f %12.0f%n",
          name, workload.rules(), result[0], 1e9 / result[0], result[1]);
    }
  }

  /** CPU nanoseconds and bytes allocated, each per event. */
  private static double[] measure(EngineWorkload workload, double seconds) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    double bytes = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      long cpu = thread.getCurrentThreadCpuTime();
      long allocated = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        workload.run();
      }
      double events = 10.0 * EngineWorkload.EVENTS;
      best = Math.min(best, (thread.getCurrentThreadCpuTime() - cpu) / events);
      bytes = (thread.getCurrentThreadAllocatedBytes() - allocated) / events;
    }
    return new double[] {best, bytes};
  }
}
