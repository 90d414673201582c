package dev.camelsiem.delivery.wire;

import dev.camelsiem.testing.TestCertificates;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Server sockets that speak TLS. */
final class TlsPeers {
  private TlsPeers() {}

  /** Not bound yet. */
  static ServerSocket socket(TestCertificates certificates, String protocol) throws Exception {
    return socket(certificates.serverKeyStore(), protocol);
  }

  static ServerSocket socket(Path keyStore, String protocol) throws Exception {
    char[] password = TestCertificates.PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }
}
