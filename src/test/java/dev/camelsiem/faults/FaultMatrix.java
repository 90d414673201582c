package dev.camelsiem.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs rows: some at a time, since most of a fault is waiting. {@code -Dfaults.rows=1,7} chooses
 * some, {@code -Dfaults.seed=N} repeats the random choices of a run, {@code -Dfaults.keep} keeps
 * the files.
 */
final class FaultMatrix implements AutoCloseable {
  private final boolean full;
  private final long seed = Long.getLong("faults.seed", System.nanoTime());
  private final ExecutorService pool;

  FaultMatrix(boolean full, int atATime) {
    this.full = full;
    pool = Executors.newFixedThreadPool(Integer.getInteger("faults.parallel", atATime));
  }

  Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    String wanted = System.getProperty("faults.rows", "");
    List<String> known = Rows.all().stream().map(Row::id).toList();
    List<String> unknown = new ArrayList<>(List.of(wanted.split(",", -1)));
    unknown.removeAll(known);
    if (!wanted.isEmpty() && !unknown.isEmpty()) {
      throw new IllegalArgumentException("no rows " + unknown + " in faults.rows: " + known);
    }
    for (Row row : Rows.all()) {
      boolean chosen = wanted.isEmpty() ? full || row.inShort() : named(wanted, row.id());
      if (chosen) {
        List<String> missing = missing(row);
        CompletableFuture<Verdict> verdict =
            missing.isEmpty() ? CompletableFuture.supplyAsync(() -> run(row), pool) : null;
        tests.add(
            DynamicTest.dynamicTest(
                row.id() + ": " + row.fault(), () -> report(row, missing, verdict)));
      }
    }
    return tests.stream();
  }

  private static boolean named(String wanted, String id) {
    return List.of(wanted.split(",", -1)).contains(id);
  }

  private static List<String> missing(Row row) {
    return System.getProperty("os.name").equals("Linux")
        ? Tools.missing(row.needs())
        : List.of("Linux");
  }

  private void report(Row row, List<String> missing, CompletableFuture<Verdict> verdict)
      throws Exception {
    if (verdict == null) {
      System.out.printf("fault row %s skipped: lacks %s%n", row.id(), missing);
      assumeTrue(false, "lacks " + missing);
      return;
    }
    try {
      Verdict what = verdict.get();
      System.out.printf("fault row %s (%s, seed %d): %s%n", row.id(), row.fault(), seed, what);
      if (full) {
        FaultTable.put(row, what);
      }
      assertThat(what.problems()).as("row %s, seed %d: %s", row.id(), seed, what).isEmpty();
    } catch (ExecutionException e) {
      throw new AssertionError("row " + row.id() + ", seed " + seed, e.getCause());
    }
  }

  private Verdict run(Row row) {
    long start = System.nanoTime();
    Path folder = null;
    try {
      folder = Files.createTempDirectory("siem-fault-" + row.id() + "-");
      Verdict verdict = run(row, folder);
      System.out.printf(
          "fault row %s took %d s%n", row.id(), (System.nanoTime() - start) / 1_000_000_000);
      return verdict;
    } catch (Exception e) {
      throw new IllegalStateException("row " + row.id(), e);
    } finally {
      remove(folder);
    }
  }

  private Verdict run(Row row, Path folder) throws Exception {
    Verdict verdict;
    try (Scene scene = new Scene(folder, full, seed)) {
      try {
        row.body().run(scene);
        verdict = scene.verdict();
        if (!verdict.problems().isEmpty() && System.getProperty("faults.keep") != null) {
          System.out.println(scene.said());
        }
      } catch (Exception | AssertionError e) {
        throw new IllegalStateException("row " + row.id() + "; workers said: " + scene.said(), e);
      }
    }
    return verdict;
  }

  private static void remove(Path folder) {
    if (folder == null || System.getProperty("faults.keep") != null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
