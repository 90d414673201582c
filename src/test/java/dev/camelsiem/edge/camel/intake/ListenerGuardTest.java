package dev.camelsiem.edge.camel.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerGuardTest {
  private final NioEventLoopGroup group = new NioEventLoopGroup(1);
  private final CountDownLatch opening = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicBoolean wanted = new AtomicBoolean(true);
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();
  private Channel listening;
  private ListenerGuard guard;

  @BeforeEach
  void listen() throws Exception {
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInboundHandlerAdapter())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    guard = new ListenerGuard("listener-guard-test", new Counted());
    guard.listens(listening);
  }

  @AfterEach
  void end() {
    wanted.set(false);
    gate.countDown();
    Future<?> unused = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  /** Each of them had connections that nobody else lets go. */
  @Test
  void theSecondThreadThatEndsWhileItIsOpenedAgainIsToldToo() throws Exception {
    EventExecutor one = watched();
    EventExecutor two = watched();
    end(one);
    opening.await();
    assertThat(ended).hasValue(1);

    end(two);
    await().until(() -> ended.get() == 2);
    assertThat(deaths).as("it is being opened already").hasValue(1);
  }

  @Test
  void aThreadThatEndsWhileTheListenerIsStoppedIsToldToo() throws Exception {
    EventExecutor one = watched();
    wanted.set(false);
    end(one);
    await().until(() -> ended.get() == 1);
    assertThat(deaths).hasValue(0);
  }

  private EventExecutor watched() {
    EventExecutor thread = new DefaultEventExecutor();
    guard.watch(listening, thread);
    return thread;
  }

  private static void end(EventExecutor thread) throws InterruptedException {
    thread.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
  }

  private final class Counted implements ListenerGuard.Sockets {
    @Override
    public boolean areWanted() {
      return wanted.get();
    }

    @Override
    public void died(IOException how) {
      deaths.incrementAndGet();
    }

    @Override
    public void threadEnded() {
      ended.incrementAndGet();
    }

    @Override
    public void reopen(Channel dead) throws InterruptedException {
      opening.countDown();
      gate.await();
    }
  }
}
