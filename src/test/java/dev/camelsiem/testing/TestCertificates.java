package dev.camelsiem.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for tests of TLS, made by the JDK's keytool: an authority that signed a server
 * (localhost, 127.0.0.1), another one (elsewhere.example) and a client, and another authority with
 * a client of its own. And some that nobody should believe: one of the authority that has expired
 * ({@code late}), one that names no host ({@code unnamed}), one that signed itself ({@code alone}).
 */
public final class TestCertificates {
  public static final String PASSWORD = "changeit";

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** Made on first use, for all tests of a run. */
  public static TestCertificates shared() {
    return Shared.CERTIFICATES;
  }

  /** Makes them all in a folder. */
  public static TestCertificates in(Path folder) throws Exception {
    TestCertificates made = new TestCertificates(folder);
    made.authority("ca");
    made.authority("other");
    made.signed("server", "ca", "san=dns:localhost,ip:127.0.0.1");
    made.signed("elsewhere", "ca", "san=dns:elsewhere.example");
    made.signed("client", "ca", "eku=clientAuth");
    made.signed("unnamed", "ca", "ku=digitalSignature"); // its common name is no address
    made.expired("late", "ca", "san=dns:localhost,ip:127.0.0.1");
    made.alone("alone", "san=dns:localhost,ip:127.0.0.1");
    made.signed("foreign", "other", "eku=clientAuth");
    made.split();
    return made;
  }

  /** PKCS12 of the server with its chain. */
  public Path serverKeyStore() {
    return store("server");
  }

  /** PKCS12 of a server on another host, with its chain. */
  public Path elsewhereKeyStore() {
    return store("elsewhere");
  }

  /** PKCS12 of a server whose certificate names no host, of one whose has expired, and so on. */
  public Path keyStoreOf(String name) {
    return store(name);
  }

  /** One that shows the certificate that ended yesterday. */
  public SSLContext clientWithExpiredKey() throws GeneralSecurityException, IOException {
    return context("late", "ca");
  }

  /** PEM of the server's certificate and its authority's. */
  public Path serverChainPem() {
    return folder.resolve("server-chain.pem");
  }

  /** PEM of the server's key, PKCS#8. */
  public Path serverKeyPem() {
    return folder.resolve("server-key.pem");
  }

  /** PEM of the authority that signed server and client. */
  public Path authorityPem() {
    return folder.resolve("ca.pem");
  }

  /** PKCS12 with the authority's certificate only. */
  public Path trustStore() throws GeneralSecurityException, IOException {
    Path file = folder.resolve("trust.p12");
    KeyStore trust = trusting("ca");
    try (var out = Files.newOutputStream(file)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** PKCS12 of the client with its chain. */
  public Path clientKeyStore() {
    return store("client");
  }

  public SSLContext clientWithoutKey() throws GeneralSecurityException, IOException {
    return context(null, "ca");
  }

  public SSLContext clientWithKey() throws GeneralSecurityException, IOException {
    return context("client", "ca");
  }

  public SSLContext clientWithForeignKey() throws GeneralSecurityException, IOException {
    return context("foreign", "ca");
  }

  public SSLContext clientOfAnotherAuthority() throws GeneralSecurityException, IOException {
    return context(null, "other");
  }

  /** A server socket that is not bound yet and speaks TLS with the key of a store of ours. */
  public static ServerSocket serverSocket(Path keyStore, String... protocols)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(keyStore).getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    socket.setEnabledProtocols(protocols);
    return socket;
  }

  private static KeyManagerFactory keys(Path keyStore)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(keyStore), PASSWORD.toCharArray());
    return keys;
  }

  private SSLContext context(@Nullable String key, String authority)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = key == null ? null : keys(store(key));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusting(authority));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore trusting(String authority) throws GeneralSecurityException, IOException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(authority, load(authority).getCertificate(authority));
    return trust;
  }

  private void authority(String name) throws IOException, InterruptedException {
    keytool("-genkeypair", "-alias", name, "-ext", "bc:c", "-ext", "ku=keyCertSign");
  }

  private void signed(String name, String authority, String extension)
      throws IOException, InterruptedException {
    keytool("-genkeypair", "-alias", name, "-signer", authority, "-ext", extension);
  }

  private void expired(String name, String authority, String extension)
      throws IOException, InterruptedException {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-signer",
        authority,
        "-ext",
        extension,
        "-startdate",
        "-31d",
        "-validity",
        "30");
  }

  private void alone(String name, String extension) throws IOException, InterruptedException {
    keytool("-genkeypair", "-alias", name, "-ext", extension);
  }

  /** One store for each, from the one that keytool made, and PEM files. */
  private void split() throws GeneralSecurityException, IOException {
    KeyStore all = load("all");
    for (String alias : Collections.list(all.aliases())) {
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      Certificate[] chain = all.getCertificateChain(alias);
      Key key = all.getKey(alias, PASSWORD.toCharArray());
      one.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain);
      try (var out = Files.newOutputStream(store(alias))) {
        one.store(out, PASSWORD.toCharArray());
      }
      StringBuilder pems = new StringBuilder();
      for (Certificate certificate : chain) {
        pems.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      Files.writeString(folder.resolve(alias + ".pem"), pem("CERTIFICATE", chain[0].getEncoded()));
      Files.writeString(folder.resolve(alias + "-chain.pem"), pems);
      Files.writeString(folder.resolve(alias + "-key.pem"), pem("PRIVATE KEY", key.getEncoded()));
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }

  private KeyStore load(String name) throws GeneralSecurityException, IOException {
    return load(store(name));
  }

  private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path store(String name) {
    return folder.resolve(name.toLowerCase(Locale.ROOT) + ".p12");
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-dname", "CN=" + arguments[2]));
    if (!command.contains("-validity")) {
      command.addAll(List.of("-validity", "30"));
    }
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-keystore", store("all").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + output);
    }
  }

  private static final class Shared {
    static final TestCertificates CERTIFICATES = make();

    private static TestCertificates make() {
      try {
        return in(Files.createTempDirectory("siem-certificates"));
      } catch (Exception e) {
        throw new IllegalStateException("no certificates for tests", e);
      }
    }
  }
}
