package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.delivery.LaneStatus;
import dev.camelsiem.integration.IntegrationSet;
import dev.camelsiem.integration.IntegrationsFile;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a router follow its file, and tells how its integrations do. For one thread. */
final class SettingsWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);
  private static final Duration RELOAD_EVERY = Duration.ofSeconds(1);
  private static final int REPORT_EVERY = 60;

  private final IntegrationRouter router;
  private final IntegrationsFile file;
  private List<LaneStatus> told = List.of();

  /** Settings that were read, but could not be taken into use yet. */
  private @Nullable IntegrationSet pending;

  /** Whether settings failed to be taken into use, which may have begun. */
  private boolean halfApplied;

  /** Whether the file had errors when it was last read. */
  private boolean hasErrors;

  SettingsWatch(IntegrationRouter router, IntegrationsFile file) {
    this.router = router;
    this.file = file;
  }

  /** Looks at the file once a second, and tells how everybody does once a minute. */
  void run() throws InterruptedException {
    for (int second = 1; ; second++) {
      Thread.sleep(RELOAD_EVERY.toMillis());
      reload();
      if (second % REPORT_EVERY == 0) {
        report();
      }
    }
  }

  /** One line for each integration whose counters have moved since the last report. */
  private void report() {
    List<LaneStatus> now = router.status();
    for (LaneStatus status : now) {
      if (!told.contains(status)) {
        LOG.info("{}", status);
      }
    }
    told = now;
  }

  /**
   * Takes a changed file into use whole, or says why not and keeps the last good one. What failed
   * for a reason outside of the file, such as a full disk, is tried again.
   */
  private void reload() throws InterruptedException {
    boolean again = pending != null;
    try {
      Optional<Reading> changed = file.poll();
      if (changed.isPresent()) {
        changed
            .get()
            .findings()
            .forEach(finding -> LOG.warn("{}", IntegrationRouter.oneLine(finding)));
        IntegrationSet read = changed.get().set();
        tellOfErrors(read);
        if (read != null) { // a broken file changes nothing, not even what is tried again
          pending = read;
          again = false;
        }
      }
      IntegrationSet wanted = pending;
      if (wanted != null && (halfApplied || !wanted.equals(router.integrations()))) {
        IntegrationRouter.Settings next = router.check(wanted);
        halfApplied = true;
        router.apply(next);
        halfApplied = false;
        LOG.info("new settings in force: delivering to {}", wanted.integrations());
      }
      pending = null;
    } catch (IOException | RuntimeException e) {
      if (!again) {
        LOG.error(
            "{} was not taken into use and is tried again; the last good settings stay: {}",
            file,
            e.toString());
      }
    }
  }

  private void tellOfErrors(@Nullable IntegrationSet read) {
    if (read == null) {
      LOG.error("{} has errors: the last good settings stay in force", file);
    } else if (hasErrors && read.equals(router.integrations())) {
      LOG.info("{} has no errors any more, and says what is in force", file);
    }
    hasErrors = read == null;
  }
}
