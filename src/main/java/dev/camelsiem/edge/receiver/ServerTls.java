package dev.camelsiem.edge.receiver;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** The server side of TLS from PEM files. */
public final class ServerTls {
  private final SSLContext context;
  private final boolean demandClient;

  private ServerTls(SSLContext context, boolean demandClient) {
    this.context = context;
    this.demandClient = demandClient;
  }

  /**
   * A certificate and its key.
   *
   * @param clientCa who must have signed a client's certificate, or null when clients need none
   * @throws IllegalArgumentException when a file holds no certificate or key
   */
  public static ServerTls of(Path certificate, Path key, @Nullable Path clientCa)
      throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(certificate.toFile(), key.toFile())
            .sslProvider(SslProvider.JDK);
    if (clientCa != null) {
      builder.trustManager(clientCa.toFile());
    }
    return new ServerTls(((JdkSslContext) builder.build()).context(), clientCa != null);
  }

  SSLServerSocket socket() throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    socket.setNeedClientAuth(demandClient);
    return socket;
  }
}
