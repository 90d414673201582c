package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of a sender's states. */
class SenderMonitorTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Sender.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final SenderMonitor monitor = new SenderMonitor("s", new LaneCounters());

  @BeforeEach
  void listen() {
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void detach() {
    logger.detachAppender(said);
  }

  /** A slow SIEM stalls and goes on with every window. */
  @Test
  void aSiemThatStallsAgainAndAgainIsToldOnce() {
    for (int i = 0; i < 1_000; i++) {
      monitor.state(SenderState.SENDING);
      monitor.state(SenderState.STALLED);
      monitor.confirmed();
    }
    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(text -> text.startsWith("s: "))
        .containsExactly("s: takes nothing; what it does not take waits in the log");
  }

  @Test
  void anOutageIsToldAtEveryDoublingAndItsEndOnce() {
    for (int i = 0; i < 8; i++) {
      monitor.failed("away");
    }
    monitor.confirmed();
    monitor.confirmed();
    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(text -> text.startsWith("s: "))
        .map(text -> text.replaceAll("after \\d+ s", "after a while"))
        .containsExactly(
            "s: attempt 1 failed: away; events wait in the log",
            "s: attempt 2 failed: away; events wait in the log",
            "s: attempt 4 failed: away; events wait in the log",
            "s: attempt 8 failed: away; events wait in the log",
            "s: takes events again after a while");
  }
}
