package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Lines;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that do not answer the end of a window: served without proof, and asked again. */
@Timeout(120)
class SilentPeersTest extends WindowFixture {
  @Test
  void aPeerThatNeverAnswersIsServedWithoutProof() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          peer.hang();
        };
    Wiring.Limits limits = Wiring.limits().tailBytes(95);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofMillis(50), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      assertThat(heard.unconfirmed).hasSize(1);
      transport.send(Lines.numbered(10, 11), 11);
      assertThat(transport.confirm()).as("less than 95 bytes behind it").isEqualTo(NOTHING);
      transport.send(Lines.numbered(11, 21), 21);
      assertThat(transport.confirm()).isEqualTo(10);
      transport.send(Lines.numbered(21, 41), 41);
      assertThat(transport.confirm()).isEqualTo(21);
      assertThat(transport.settle()).as("never by age alone").isEqualTo(21);
      await().until(() -> peer.lines().size() == 41);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 41));
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void whatAPeerThatHangsMayHoldUnreadIsNeverSafe() throws Exception {
    Peer.Script script = (peer, connection, number) -> peer.hang();
    EncodedBatch batch = Lines.batch(Collections.nCopies(500, "x".repeat(1_000)));
    Wiring.Limits limits = Wiring.limits().stall(Duration.ofMillis(100));
    CompletableFuture<Void> sending;
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofMillis(50), peer)) {
      transport.send(batch, 1);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      List<Long> safe = new CopyOnWriteArrayList<>();
      sending =
          CompletableFuture.runAsync(
              () -> {
                for (long mark = 2; ; mark++) {
                  safe.add(sendAndConfirm(transport, batch, mark));
                }
              });
      await().until(() -> heard.states.contains(SenderState.STALLED));
      assertThat(safe).isNotEmpty().containsOnly(NOTHING);
    }
    assertThatThrownBy(sending::get).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aPeerThatHungAndDiedWithTheFirstWindowGetsItAgain() throws Exception {
    CountDownLatch dies = new CountDownLatch(1);
    Peer.Script script =
        (peer, connection, number) -> {
          dies.await();
          Peer.reset(connection);
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), Duration.ofMillis(50), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      assertThat(transport.settle()).isEqualTo(NOTHING);
      dies.countDown();
      await().until(() -> fails(transport::settle));
    }
  }

  @Test
  void aPeerThatDoesNotAnswerAnyMoreIsFoundOut() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          if (number > 1) {
            peer.hang();
          }
        };
    Wiring.Limits limits = Wiring.limits().patience(Duration.ofMillis(50));
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofSeconds(5), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      transport.send(Lines.numbered(10, 20), 20);
      assertThatThrownBy(transport::confirm).hasMessageContaining("did not read to the end");
      transport.send(Lines.numbered(0, 20), 20);
      transport.confirm();
      assertThat(heard.unconfirmed).hasSize(1);
    }
  }

  @Test
  void whatWasSentLongAgoCountsAsDelivered() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          peer.hang();
        };
    Wiring.Limits limits = Wiring.limits().longestTailAge(Duration.ofMillis(100));
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofMillis(50), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      await().until(() -> transport.settle() == 10);
    }
  }

  @Test
  void aPeerThatLearnsToAnswerIsFoundOut() throws Exception {
    CountDownLatch learns = new CountDownLatch(1);
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          if (number == 1) {
            learns.await();
          }
        };
    Wiring.Limits limits = Wiring.limits().retest(Duration.ZERO);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofMillis(50), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      transport.send(Lines.numbered(10, 20), 20);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      assertThat(heard.confirming).as("it holds the first window unanswered").hasValue(0);
      learns.countDown();
      for (int i = 20; heard.confirming.get() == 0; i++) {
        transport.send(Lines.numbered(i, i + 1), i + 1);
        assertThat(transport.confirm()).isEqualTo(NOTHING);
      }
      await().until(() -> transport.settle() >= 20);
    }
  }

  /** It may have left that connection by itself, with what it has not read. */
  @Test
  void aPeerThatAnswersLateWhenAskedAgainIsNotBelieved() throws Exception {
    AtomicBoolean late = new AtomicBoolean(true);
    CountDownLatch learns = new CountDownLatch(1);
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readAll(connection);
          if (number == 1) {
            learns.await();
          } else if (late.get()) {
            await().during(Duration.ofMillis(500)).until(() -> true);
          }
        };
    Wiring.Limits limits =
        Wiring.limits().retest(Duration.ZERO).slow(Duration.ofMillis(250)).tailBytes(1);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, Duration.ofSeconds(1), peer)) {
      int mark = 0;
      for (int i = 0; i < 4; i++) {
        transport.send(Lines.numbered(mark, mark + 1), ++mark);
        transport.confirm();
        learns.countDown();
      }
      assertThat(peer.connections()).as("it was asked each time").isEqualTo(4);
      assertThat(heard.confirming).hasValue(0);
      late.set(false);
      while (heard.confirming.get() == 0) {
        transport.send(Lines.numbered(mark, mark + 1), ++mark);
        transport.confirm();
      }
    }
  }

  private static boolean fails(java.util.concurrent.Callable<Long> call) throws Exception {
    try {
      long unused = call.call();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static long sendAndConfirm(ConfirmingTransport transport, EncodedBatch batch, long mark) {
    try {
      transport.send(batch, mark);
      return transport.confirm();
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}
