package dev.camelsiem.edge.camel.http;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Who may send, by HTTP basic authentication. Only digests are kept, and all are compared in
 * constant time, so that an answer tells nothing by how long it took.
 */
final class Credentials {
  private static final String BASIC = "basic ";

  private final List<byte[]> digests;

  private Credentials(List<byte[]> digests) {
    this.digests = digests;
  }

  /**
   * Credentials from options of which either none, or user and password, or the file is set.
   *
   * @throws IllegalArgumentException when they are set in part: half a lock is none
   */
  static Credentials of(
      @Nullable String user, @Nullable String password, @Nullable String propertiesFile) {
    if (propertiesFile != null) {
      check(user == null && password == null, "set username and password, or credentialsFile");
      return fromFile(propertiesFile);
    }
    check(
        (user == null) == (password == null),
        "set both username and password, or neither; only one of them is set");
    if (user == null || password == null) {
      return new Credentials(List.of());
    }
    return new Credentials(List.of(checked(user, password)));
  }

  private static Credentials fromFile(String propertiesFile) {
    check(!propertiesFile.isBlank(), "credentialsFile is empty");
    Properties users = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(propertiesFile))) {
      users.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "siem-http-source: credentialsFile can't be read: " + propertiesFile, e);
    }
    check(!users.isEmpty(), propertiesFile + " names no user: write lines of user=password");
    List<byte[]> digests = new ArrayList<>();
    for (String user : users.stringPropertyNames()) {
      digests.add(checked(user, users.getProperty(user)));
    }
    return new Credentials(digests);
  }

  /** False when everybody may send. */
  boolean areRequired() {
    return !digests.isEmpty();
  }

  /** Whether the header {@code Authorization} names somebody who may send. */
  boolean allow(@Nullable String authorization) {
    if (!areRequired()) {
      return true;
    }
    byte[] given = digest(decoded(authorization));
    boolean allowed = false;
    for (byte[] digest : digests) {
      allowed |= MessageDigest.isEqual(digest, given);
    }
    return allowed;
  }

  private static byte[] decoded(@Nullable String authorization) {
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      try {
        return Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      } catch (IllegalArgumentException e) {
        return new byte[0]; // not Base64: nobody's credentials
      }
    }
    return new byte[0];
  }

  private static byte[] checked(String user, String password) {
    check(!user.isBlank() && !user.contains(":"), "a user name is empty or has a colon");
    check(!password.isBlank(), "the password of a user is empty");
    return digest((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException("siem-http-source: " + message);
    }
  }
}
