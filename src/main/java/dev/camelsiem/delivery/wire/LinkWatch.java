package dev.camelsiem.delivery.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one connection, on its event loop: tells when the peer takes nothing, and ends the
 * connection when the peer's machine shows no sign of life. A peer whose machine is alive is never
 * cut off, however long it takes: what it has not read yet would only be sent a second time.
 */
final class LinkWatch implements Runnable {
  private final Link link;
  private final Channel channel;
  private final WireLimits limits;
  private final Probe probe;
  private final boolean silenceIsDeath;
  private final boolean cutsStalled;
  private final EpollTcpInfo kernel = new EpollTcpInfo();
  private long progressAt = System.nanoTime();
  private long lookedAt = progressAt;
  private long lastLeft = -1;
  private long lastUnacked = -1;
  private boolean stalled;
  private java.util.concurrent.@Nullable Future<?> timer;

  /**
   * @param silenceIsDeath whether the kernel speaks with a living peer every few seconds
   * @param cutsStalled whether a peer that takes nothing is cut off after all, for a sender that
   *     cannot wait
   */
  LinkWatch(
      Link link,
      Channel channel,
      WireLimits limits,
      Probe probe,
      boolean silenceIsDeath,
      boolean cutsStalled) {
    this.link = link;
    this.channel = channel;
    this.limits = limits;
    this.probe = probe;
    this.silenceIsDeath = silenceIsDeath;
    this.cutsStalled = cutsStalled;
  }

  /** Watches until the channel is closed. */
  void start() {
    long period = Math.max(10, limits.stall().toMillis() / 4);
    timer = channel.eventLoop().scheduleWithFixedDelay(this, period, period, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> stop());
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    readKernel();
    if (!link.isWaiting() || hasProgress()) {
      progressAt = now;
      stalled(false);
      probe.end();
    } else if (now - progressAt > limits.stall().toNanos()) {
      stalled(true);
      if (cutsStalled) {
        link.fail(link.peer() + " took nothing for " + limits.stall().toMillis() + " ms");
      }
    }
    if (now - lookedAt > limits.silence().toNanos() / 2) {
      lookedAt = now;
      look(now);
    }
  }

  private void look(long now) {
    long silent = TimeUnit.NANOSECONDS.toSeconds(now - progressAt);
    if (isSilent()) {
      dead(Math.max(silent, TimeUnit.MILLISECONDS.toSeconds(kernel.lastAckRecv())));
    } else if (stalled && !silenceIsDeath && now - progressAt > limits.silence().toNanos()) {
      probe.look();
      if (probe.isDead()) {
        dead(silent);
      }
    }
  }

  private void dead(long seconds) {
    link.fail("no sign of life from " + link.peer() + " for " + seconds + " s");
  }

  /** Whether bytes left this process or the peer's kernel took some. */
  private boolean hasProgress() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long left = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    long unacked = channel instanceof EpollSocketChannel ? kernel.unacked() : 0;
    boolean progress = left != lastLeft || unacked != lastUnacked;
    lastLeft = left;
    lastUnacked = unacked;
    return progress;
  }

  /** Whether the kernel asks and the peer's kernel gives no answer. */
  private boolean isSilent() {
    boolean asked = (kernel.unacked() > 0 && kernel.retransmits() > 0) || kernel.probes() > 1;
    return channel instanceof EpollSocketChannel
        && asked
        && kernel.lastAckRecv() > limits.death().toMillis();
  }

  private void readKernel() {
    if (channel instanceof EpollSocketChannel socket && socket.isOpen()) {
      socket.tcpInfo(kernel);
    }
  }

  private void stalled(boolean now) {
    if (stalled != now) {
      stalled = now;
      link.state().stalled(now);
    }
  }

  private void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
    probe.end();
  }
}
