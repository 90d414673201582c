package dev.camelsiem.supervise;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What escaped from supervised work of this process, counted by the work's name. Thread-safe. */
public final class Supervision {
  private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

  /** Names beyond are counted together: they come from settings, which may change for ever. */
  private static final int MOST_NAMES = 1_000;

  private static final String OTHERS = "others";
  private static final Map<String, AtomicLong> FAILURES = new ConcurrentHashMap<>();

  private Supervision() {}

  /** How often the work of each name has failed since the start; names without failure are not. */
  public static Map<String, Long> failures() {
    Map<String, Long> failures = new TreeMap<>();
    FAILURES.forEach((name, count) -> failures.put(name, count.get()));
    return failures;
  }

  /** How often the work of one name has failed since the start. */
  public static long failures(String name) {
    AtomicLong count = FAILURES.get(name);
    return count == null ? 0 : count.get();
  }

  /**
   * Counts and logs what escaped from some work. Throws nothing, whatever it was.
   *
   * @param consequence what happens now, as the end of a sentence
   */
  public static void failed(String name, Throwable failure, String consequence) {
    try {
      counter(name).incrementAndGet();
      LOG.error("{} failed, {}", name, consequence, failure);
    } catch (Throwable again) { // no memory left to say it with, for one: the work is to go on
      Thread.onSpinWait();
    }
  }

  /** Work for an executor that repeats it: never throws, so that it is repeated. */
  public static Runnable task(String name, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Throwable failure) {
        failed(name, failure, "it is tried again when it is due");
      }
    };
  }

  private static AtomicLong counter(String name) {
    AtomicLong known = FAILURES.get(name);
    if (known != null) {
      return known;
    }
    String counted = FAILURES.size() < MOST_NAMES ? name : OTHERS;
    return FAILURES.computeIfAbsent(counted, key -> new AtomicLong());
  }
}
