package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.testing.HeldPort;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows that are confirmed by close, with receivers on real sockets that misbehave. */
@Timeout(120)
class ConfirmingTransportTest {
  private static final long NOTHING = ConfirmingTransport.NOTHING;

  private final Loops loops = new Loops(1);
  private final Heard heard = new Heard();

  @AfterEach
  void stop() {
    loops.close();
  }

  @Test
  void whatIsConfirmedLagsOneWindowBehindUntilItIsSettled() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      transport.send(Lines.numbered(10, 20), 20);
      assertThat(transport.confirm()).isEqualTo(10);
      assertThat(transport.settle()).isEqualTo(20);
      assertThat(transport.settle()).isEqualTo(20);

      assertThat(peer.lines()).isEqualTo(Lines.names(0, 20));
      assertThat(peer.connections()).isEqualTo(3);
      assertThat(heard.states)
          .containsSubsequence(
              SenderState.CONNECTING,
              SenderState.SENDING,
              SenderState.CONFIRMING,
              SenderState.IDLE);
    }
  }

  @Test
  void linesOfTheLogArriveAsTheyAre() throws Exception {
    List<String> lines = Lines.names(0, 1_000);
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Wiring.lines(lines), 1);
      transport.send(Wiring.lines(lines).select(i -> i % 3 != 0), 2);
      transport.confirm();
      assertThat(peer.lines().subList(0, 1_000)).isEqualTo(lines);
      assertThat(peer.lines()).hasSize(1_000 + 666);
      assertThat(peer.lines().get(1_000)).isEqualTo("event 1");
    }
  }

  @Test
  void marksWithoutEventsNeedNoConnection() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 0), 5);
      assertThat(transport.confirm()).isEqualTo(5);
      transport.send(Lines.numbered(0, 1), 6);
      transport.confirm();
      transport.send(Lines.numbered(0, 0), 7);
      assertThat(transport.confirm()).isEqualTo(5); // 6 is still held back, and 7 with it
      assertThat(transport.settle()).isEqualTo(7);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void aWindowEndsWhenItIsFullOrOldAndGrowsWhileAnswersAreQuick() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      assertThat(transport.isDue()).isFalse();
      transport.send(Lines.numbered(0, 100), 1);
      assertThat(transport.isDue()).isFalse();
      transport.send(Lines.numbered(0, 150), 2);
      assertThat(transport.isDue()).as("250 events").isTrue();
      transport.confirm();
      transport.send(Lines.numbered(0, 499), 3);
      assertThat(transport.isDue()).as("twice as many").isFalse();
      transport.send(Lines.numbered(0, 1), 4);
      assertThat(transport.isDue()).isTrue();
    }
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits().age(Duration.ofMillis(1)), peer)) {
      transport.send(Lines.numbered(0, 1), 1);
      await().until(transport::isDue);
    }
  }

  @Test
  void aResetInsideAWindowIsNotSeenAndAllBeyondTheSafeMarkIsSentAgain() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          if (number == 2) {
            peer.readLines(connection.getInputStream(), 3);
            Peer.reset(connection);
          } else {
            peer.readAll(connection);
          }
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      assertThatThrownBy(
              () -> {
                transport.send(Lines.numbered(10, 20), 20);
                transport.confirm();
              })
          .isInstanceOf(IOException.class);
      assertThat(transport.settle()).as("nothing was seen since").isEqualTo(NOTHING);
      transport.send(Lines.numbered(0, 20), 20);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(20);
      assertThat(peer.lines().subList(13, 33)).isEqualTo(Lines.names(0, 20));
    }
  }

  @Test
  void aPeerThatClosesEarlyHasNotConfirmed() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> peer.readLines(connection.getInputStream(), 10);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      await().until(() -> peer.lines().size() == 10 && isBroken(transport));
    }
  }

  private static boolean isBroken(ConfirmingTransport transport) throws Exception {
    try {
      transport.send(Lines.numbered(0, 1), 11);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** As a program of C does: a JVM's sockets say their end first, whatever is unread. */
  @Test
  void aPeerThatAcceptsAndClosesConfirmsNothing() throws Exception {
    try (Peer peer = Peer.on(ServerSocketChannel.open().socket(), (it, connection, number) -> {});
        ConfirmingTransport transport = open(Wiring.limits(), peer)) {
      for (int i = 0; i < 200; i++) {
        assertThatThrownBy(
                () -> {
                  transport.send(Lines.numbered(0, 10), 10);
                  transport.confirm();
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** Whose end comes ahead of the reset, and acknowledges ours, if ours is there already. */
  @Test
  void aPeerThatSaysItsEndAtOnceConfirmsNothing() throws Exception {
    try (Peer peer = Peer.of((it, connection, number) -> {});
        ConfirmingTransport transport = open(Wiring.limits().youth(Duration.ofMinutes(1)), peer)) {
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(
                () -> {
                  transport.send(Lines.numbered(0, 10), 10);
                  transport.confirm();
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void anEndThatCrossesOursIsNoAnswer() throws Exception {
    assumeThat(Epoll.isAvailable()).as("the kernel can be asked").isTrue();
    Peer.Script endsWithoutReading =
        (peer, connection, number) -> {
          await().until(() -> heard.states.contains(SenderState.CONFIRMING));
          await().during(Duration.ofMillis(50)).until(() -> true);
          connection.shutdownOutput();
          peer.hang();
        };
    ServerSocket little = new ServerSocket();
    little.setReceiveBufferSize(4_096);
    try (Peer peer = Peer.on(little, endsWithoutReading);
        ConfirmingTransport transport = open(Wiring.limits().startBytes(256 << 10), peer)) {
      transport.send(Lines.batch(java.util.Collections.nCopies(250, "x".repeat(800))), 1);
      assertThatThrownBy(transport::confirm)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("before it had read to the end");
    }
  }

  @Test
  void anotherReceiverDoesNotProveWhatTheFirstOneGot() throws Exception {
    try (Peer first = Peer.reading();
        Peer second = Peer.reading();
        ConfirmingTransport transport =
            new ConfirmingTransport(
                Wiring.to(first.address(), second.address()),
                Wiring.limits().build(),
                loops,
                heard)) {
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      end(first);
      assertThatThrownBy(transport::settle).hasMessageContaining("is not there any more");
      transport.send(Lines.numbered(0, 10), 10);
      assertThat(transport.confirm()).isEqualTo(NOTHING);
      assertThat(transport.settle()).isEqualTo(10);
      assertThat(second.lines()).isEqualTo(Lines.names(0, 10));
    }
  }

  @Test
  void aWindowBehindOneForAnotherReceiverIsNotSent() throws Exception {
    try (Peer first = Peer.reading();
        Peer second = Peer.reading();
        ConfirmingTransport transport =
            new ConfirmingTransport(
                Wiring.to(first.address(), second.address()),
                Wiring.limits().build(),
                loops,
                heard)) {
      transport.send(Lines.numbered(0, 10), 10);
      transport.confirm();
      end(first);
      assertThatThrownBy(() -> transport.send(Lines.numbered(10, 20), 20))
          .hasMessageContaining("is not there any more");
      transport.send(Lines.numbered(0, 20), 20);
      transport.confirm();
      assertThat(transport.settle()).isEqualTo(20);
      assertThat(second.lines()).isEqualTo(Lines.names(0, 20));
    }
  }

  @Test
  void afterABreakAWindowIsNotEndedBeforeItsConnectionHasStayed() throws Exception {
    Peer.Script closing =
        (peer, connection, number) -> {
          connection.setSoTimeout(100);
          connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
    try (Peer peer = Peer.of(closing);
        ConfirmingTransport transport = open(Wiring.limits().trial(Duration.ofHours(1)), peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      await().until(() -> isBroken(transport));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () -> {
                  transport.send(Lines.numbered(0, 10), 10);
                  transport.confirm();
                })
            .hasMessageContaining("closed the connection before");
      }
    }
  }

  @Test
  void anAnswerThatComesLateProvesNothing() throws Exception {
    Peer.Script script =
        (peer, connection, number) -> {
          peer.readLines(connection.getInputStream(), 10);
          await().until(() -> heard.states.contains(SenderState.CONFIRMING));
          await().during(Duration.ofMillis(50)).until(() -> true);
          connection
              .shutdownOutput(); // as a JVM's close: a FIN first, although there is unread data
          connection.close();
        };
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits().proof(Duration.ofMillis(20)), peer)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () -> {
                  heard.states.clear();
                  transport.send(Lines.numbered(0, 200), 200);
                  transport.confirm();
                })
            .hasMessageContaining("too late to prove");
      }
    }
  }

  @Test
  void aReaderThatIsAlwaysLateGetsOnWithTheSmallestWindows() throws Exception {
    try (Peer peer = Peer.reading();
        ConfirmingTransport transport = open(Wiring.limits().proof(Duration.ZERO), peer)) {
      int refusals = 0;
      boolean seen = false;
      while (!seen) {
        try {
          transport.send(Lines.numbered(0, 10), 10);
          transport.confirm();
          seen = true;
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("too late to prove");
          refusals++;
        }
      }
      assertThat(refusals).isEqualTo(6);
      transport.send(Lines.numbered(10, 20), 20);
      assertThat(transport.confirm()).isEqualTo(10);
    }
  }

  @Test
  void aSlowReaderGetsSmallerWindowsAndIsNeverCut() throws Exception {
    Wiring.Limits limits =
        Wiring.limits()
            .slow(Duration.ZERO)
            .stall(Duration.ofMillis(4))
            .silence(Duration.ofMillis(4))
            .startBytes(256 << 10);
    Peer.Script slowly =
        (peer, connection, number) -> {
          while (connection.getInputStream().readNBytes(64 << 10).length > 0) {
            await().during(Duration.ofMillis(20)).until(() -> true);
          }
        };
    try (Peer peer = Peer.of(slowly);
        ConfirmingTransport transport = open(limits, peer)) {
      List<String> large = java.util.Collections.nCopies(200, "x".repeat(1_000));
      int sent = 0;
      for (int window = 1; window <= 6; window++) {
        do {
          transport.send(Lines.batch(large.subList(0, 5)), ++sent);
        } while (!transport.isDue());
        transport.confirm();
        assertThat(heard.addresses).hasSize(window);
      }
      assertThat(sent).as("50 in the first, fewer in others").isLessThan(6 * 50);
      assertThat(transport.settle()).isEqualTo(sent);
    }
  }

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
    EncodedBatch batch = Wiring.lines(Collections.nCopies(500, "x".repeat(1_000)));
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

  @Test
  void aStalledPeerKeepsItsOneConnection() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Peer.Script script =
        (peer, connection, number) -> {
          goOn.await();
          peer.readAll(connection);
        };
    Wiring.Limits limits = Wiring.limits().stall(Duration.ofMillis(40)).silence(Duration.ZERO);
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(limits, peer)) {
      transport.send(Lines.numbered(0, 10), 10);
      CompletableFuture<Long> confirming = confirm(transport);
      await().until(() -> heard.states.contains(SenderState.STALLED));
      assertThat(confirming).isNotDone();
      goOn.countDown();
      assertThat(confirming.get()).isEqualTo(NOTHING);
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 10));
      assertThat(heard.addresses).hasSize(1);
    }
  }

  @Test
  void closeEndsAWaitAtOnce() throws Exception {
    Peer.Script script = (peer, connection, number) -> peer.hang();
    try (Peer peer = Peer.of(script);
        ConfirmingTransport transport = open(Wiring.limits().startBytes(1 << 20), peer)) {
      transport.send(Lines.batch(java.util.Collections.nCopies(250, "x".repeat(4_000))), 1);
      CompletableFuture<Long> confirming = confirm(transport);
      await().until(() -> heard.states.contains(SenderState.CONFIRMING));
      Wiring.close(transport);
      await().until(confirming::isCompletedExceptionally);
    }
  }

  @Test
  void theNextAddressIsTriedAtOnceAndKept() throws Exception {
    try (HeldPort nobody = new HeldPort();
        Peer peer = Peer.reading();
        ConfirmingTransport transport =
            new ConfirmingTransport(
                Wiring.to(
                    InetSocketAddress.createUnresolved("127.0.0.1", nobody.number()),
                    peer.address()),
                Wiring.limits().build(),
                loops,
                heard)) {
      for (int i = 0; i < 3; i++) {
        transport.send(Lines.numbered(i, i + 1), i);
        transport.confirm();
      }
      assertThat(peer.lines()).isEqualTo(Lines.names(0, 3));
      assertThat(heard.addresses).allMatch(address -> address.endsWith(":" + peer.port()));
    }
  }

  @Test
  void anErrorNamesAllThatWasTried() throws Exception {
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 514);
    try (ConfirmingTransport transport =
        new ConfirmingTransport(Wiring.to(unknown), Wiring.limits().build(), loops, heard)) {
      assertThatThrownBy(() -> transport.send(Lines.numbered(0, 1), 1))
          .isInstanceOf(IOException.class)
          .hasMessage("no address is known for nowhere.invalid");
    }
  }

  /** Closes a peer and waits until nobody listens there any more. */
  private static void end(Peer peer) throws IOException {
    peer.close();
    await().until(() -> isRefused(peer));
  }

  private static boolean isRefused(Peer peer) throws IOException {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
      return !probe.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }

  private static CompletableFuture<Long> confirm(ConfirmingTransport transport) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return transport.confirm();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private ConfirmingTransport open(Wiring.Limits limits, Peer peer) {
    return open(limits, Duration.ofMinutes(1), peer);
  }

  private ConfirmingTransport open(Wiring.Limits limits, Duration confirmTimeout, Peer peer) {
    return new ConfirmingTransport(
        Wiring.to(null, confirmTimeout, peer.address()), limits.build(), loops, heard);
  }
}
