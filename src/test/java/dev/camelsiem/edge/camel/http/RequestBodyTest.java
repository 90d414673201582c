package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final int READ = 8192;

  /** Memory is taken in steps, and the first read has what a head leaves of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 300, 511, 513, 4_000, 8_191})
  void howABodyIsCutOnItsWayDoesNotDecideWhetherItMayWait(int first) {
    UnfinishedBudget budget = new UnfinishedBudget(1 << 20);
    int size = (int) budget.mostWaitingBytes() - 10;
    try (RequestBody body =
        new RequestBody(budget, "sender", () -> fail("nothing else needs room"))) {
      int sent = 0;
      while (sent < size) {
        int count = Math.min(sent == 0 ? first : READ, size - sent);
        body.add(Unpooled.wrappedBuffer(new byte[count]));
        sent += count;
      }
      assertThatCode(() -> body.complete("5")).doesNotThrowAnyException();
    }
  }
}
