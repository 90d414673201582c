package dev.camelsiem.edge.camel.intake;

import dev.camelsiem.supervise.SupervisedLoop;
import dev.camelsiem.supervise.Supervision;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens a listener again that died though nobody stopped it. Netty lets one of its threads end with
 * an error (no memory, for one), and closes a listening socket that could not be read; the port may
 * look open then, and nothing arrives any more.
 *
 * <p>A death is counted and logged by {@link Supervision} and told to the sockets' owner; then the
 * sockets are closed and opened again, until that works or they are not wanted any more.
 * Thread-safe.
 */
public final class ListenerGuard {
  /** The sockets that are guarded. Called on any thread. */
  public interface Sockets {
    /** False from the moment on when somebody stops them. */
    boolean areWanted();

    /** One of them died. */
    void died(IOException how);

    /**
     * A thread that was watched has ended, whatever else happens: while they are stopped, too, and
     * while they are opened again. Netty tells nobody of its connections.
     */
    default void threadEnded() {
      // who closes all connections before it opens again has none left
    }

    /**
     * Closes what is left of them and opens them again, unless they are not wanted any more; tells
     * {@link ListenerGuard#listens}. Tried again when it throws.
     *
     * @param dead the channel that has listened; Netty may have left its socket open, see {@link
     *     #closeAbandoned}
     */
    void reopen(Channel dead) throws Exception;
  }

  private final String name;
  private final Sockets sockets;
  private final Set<EventExecutor> watched = Collections.newSetFromMap(new WeakHashMap<>());
  private volatile @Nullable Channel listening;
  private boolean opening;

  /**
   * @param name of the counter and the thread
   */
  public ListenerGuard(String name, Sockets sockets) {
    this.name = name;
    this.sockets = sockets;
  }

  /** A channel that takes connections or datagrams from now on. */
  public void listens(Channel channel) {
    synchronized (this) {
      if (listening == channel) {
        return;
      }
      listening = channel;
    }
    channel.closeFuture().addListener(closed -> died(channel, "its socket was closed", null));
    watch(channel, channel.eventLoop());
    watch(channel, channel.eventLoop());
  }

  public Channel listeningChannel() {
    return Objects.requireNonNull(listening, "not started");
  }

  /**
   * Watches a thread, once.
   *
   * @param channel the listening one that needs it, or a connection of that
   */
  public void watch(Channel channel, EventExecutor thread) {
    synchronized (this) {
      if (!watched.add(thread)) {
        return;
      }
    }
    thread.terminationFuture().addListener(ended -> threadEnded(channel, ended));
  }

  private void threadEnded(Channel channel, Future<?> ended) {
    try {
      sockets.threadEnded();
    } finally {
      died(channel, "one of its threads ended", ended.cause());
    }
  }

  private void died(Channel channel, String how, @Nullable Throwable cause) {
    synchronized (this) {
      if (opening || !sockets.areWanted() || isOfBefore(channel)) {
        return;
      }
      opening = true;
    }
    IOException failure = new IOException("the listener died: " + how, cause);
    Supervision.failed(name, failure, "it is opened again");
    sockets.died(failure);
    SupervisedLoop unused = SupervisedLoop.start(name, this::open);
  }

  /** Of sockets that were closed since. */
  private boolean isOfBefore(Channel channel) {
    Channel now = listening;
    return now != channel && now != channel.parent();
  }

  /** Tried again when it throws. */
  private void open() throws Exception {
    Channel dead = listeningChannel();
    sockets.reopen(dead);
    synchronized (this) {
      opening = false;
    }
    Channel now = listeningChannel();
    boolean isNew = now != dead; // a socket for datagrams may say so later, on its own thread
    if (isNew && (!now.isOpen() || now.eventLoop().isShutdown())) {
      died(now, "its socket was closed", null);
    }
  }

  /** Netty closes no socket whose thread is gone, and it would keep the port. */
  public static boolean closeAbandoned(Channel channel) {
    boolean abandoned = channel.eventLoop().isShutdown() && channel.isOpen();
    if (abandoned) {
      channel.unsafe().closeForcibly();
    }
    return abandoned;
  }
}
