package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections: asks DNS each time, tries all that it says, and one configured address after
 * the other, beginning with the one that last worked. Used by one thread; {@link #close} may come
 * from another.
 */
final class Connector implements AutoCloseable {
  private static final int KEEPALIVE = 10;
  private static final int SHORT_KEEPALIVE = 5;

  /** So many addresses of one name are tried at most before its name server is asked again. */
  private static final int MOST_OF_A_NAME = 8;

  private final WireSettings settings;
  private final WireLimits limits;
  private final Loops loops;
  private final Transport.Listener listener;
  private final @Nullable TlsClient tls;
  private int first;

  /** What a name stands for may come in another order each time: the one that works is kept. */
  private @Nullable InetAddress good;

  private @Nullable InetAddress bad;
  private volatile @Nullable Channel pending;
  private volatile boolean closed;

  Connector(WireSettings settings, WireLimits limits, Loops loops, Transport.Listener listener) {
    this.settings = settings;
    this.limits = limits;
    this.loops = loops;
    this.listener = listener;
    this.tls = settings.tls() == null ? null : new TlsClient(settings.tls());
  }

  /**
   * Connects to the first address that can be had.
   *
   * @throws IOException that says what is wrong with each of them
   */
  Link connect() throws IOException, InterruptedException {
    listener.state(SenderState.CONNECTING);
    List<String> reasons = new ArrayList<>();
    Throwable last = null;
    int count = settings.addresses().size();
    for (int i = 0; i < count; i++) {
      int index = (first + i) % count;
      InetSocketAddress named = settings.addresses().get(index);
      try {
        for (InetAddress address : resolve(named)) {
          try {
            Link link = connect(named, new InetSocketAddress(address, named.getPort()));
            first = index;
            good = address;
            listener.connected(link.peer());
            return link;
          } catch (IOException e) {
            reasons.add(e.getMessage());
            last = e;
          }
        }
      } catch (UnknownHostException e) {
        reasons.add("no address is known for " + named.getHostString());
        last = e;
      }
    }
    throw new IOException(String.join("; ", reasons), last);
  }

  /** The address in use has failed: the next attempt begins with the one behind it. */
  void failed() {
    first = (first + 1) % settings.addresses().size();
    bad = good;
    good = null;
  }

  /** Fails an attempt that is under way and all later ones. */
  @Override
  public void close() {
    closed = true;
    Channel under = pending;
    if (under != null) {
      ChannelFuture unused = under.close();
    }
  }

  private InetAddress[] resolve(InetSocketAddress named) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    InetAddress[] found = InetAddress.getAllByName(named.getHostString());
    return inOrder(found, good, bad);
  }

  /**
   * The good one first, the bad one last, the others as they are; of very many some, others each
   * time.
   */
  static InetAddress[] inOrder(
      InetAddress[] found, @Nullable InetAddress good, @Nullable InetAddress bad) {
    if (found.length == 1) {
      return found;
    }
    List<InetAddress> ordered = new ArrayList<>(Arrays.asList(found));
    if (ordered.size() > MOST_OF_A_NAME) {
      Collections.shuffle(ordered);
    }
    ordered.sort(
        Comparator.comparingInt(each -> each.equals(good) ? -1 : each.equals(bad) ? 1 : 0));
    return ordered.stream().limit(MOST_OF_A_NAME).toArray(InetAddress[]::new);
  }

  private Link connect(InetSocketAddress named, InetSocketAddress address)
      throws IOException, InterruptedException {
    String peer = describe(named, address);
    Link link = new Link(peer, limits, listener);
    SslHandler secure = tls == null ? null : secure(tls, named);
    HeldReply reply = new HeldReply(limits);
    Bootstrap bootstrap = bootstrap(KEEPALIVE).handler(pipeline(link, reply, secure));
    ChannelFuture connecting = bootstrap.connect(address);
    connecting.addListener((ChannelFuture done) -> connected(done, link, address));
    Channel channel = connecting.channel();
    pending = channel;
    boolean whole = false;
    try {
      await(connecting, peer);
      if (secure != null) {
        await(secure.handshakeFuture(), peer);
      }
      reply.established();
      link.established(channel, secure);
      whole = true;
      return link;
    } finally {
      pending = null;
      if (!whole) {
        ChannelFuture unused = channel.close();
      }
    }
  }

  private void await(Future<?> future, String peer) throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("closed");
    }
    future.await();
    if (future.cause() != null) {
      throw new IOException(
          "cannot connect to " + peer + ": " + Failures.describe(future.cause()), future.cause());
    }
  }

  private SslHandler secure(TlsClient client, InetSocketAddress named) throws IOException {
    SslHandler handler = client.handler(named.getHostString(), named.getPort());
    handler.setHandshakeTimeoutMillis(settings.connectTimeout().toMillis());
    return handler;
  }

  /** On its event loop, where it is watched from now on until it is closed. */
  private void connected(ChannelFuture done, Link link, InetSocketAddress address) {
    if (!done.isSuccess()) {
      return; // who waits for it finds out
    }
    try {
      watch(done.channel(), link, address);
    } catch (RuntimeException | Error e) {
      link.fail("the connection to " + link.peer() + " cannot be watched: " + e);
      throw e;
    }
  }

  private void watch(Channel channel, Link link, InetSocketAddress address) {
    Probe probe = new Probe(() -> bootstrap(SHORT_KEEPALIVE).clone(channel.eventLoop()), address);
    boolean cuts = settings.way() == WireSettings.Way.DIRECT;
    new LinkWatch(link, channel, limits, probe, loops.hasShortPauses(), cuts).start();
  }

  private Bootstrap bootstrap(int keepalive) {
    return loops.stream((int) settings.connectTimeout().toMillis(), keepalive);
  }

  private static ChannelInitializer<Channel> pipeline(
      Link link, HeldReply reply, @Nullable SslHandler secure) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(link);
        if (secure != null) {
          channel.pipeline().addLast(reply).addLast(secure);
        }
        channel.pipeline().addLast(new LinkEnd(link));
      }
    };
  }

  private static String describe(InetSocketAddress named, InetSocketAddress address) {
    String ip = address.getAddress().getHostAddress();
    String numeric = (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + address.getPort();
    return named.getHostString().equals(ip)
        ? numeric
        : named.getHostString() + " (" + numeric + ")";
  }
}
