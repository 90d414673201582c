package dev.camelsiem.integration;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code siem-integrations.yaml} on disk, or on the classpath with the prefix {@code classpath:}.
 * Tells what it says now and, when polled, what it says after a change. Not thread-safe.
 */
public final class IntegrationsFile {
  /** Far more than any number of integrations needs. */
  private static final int LARGEST = 1 << 20;

  private static final int LONG_UNREADABLE = 3;

  private static final String CLASSPATH = "classpath:";

  private final String name;
  private final Supplier<Catalogue> catalogue;
  private byte @Nullable [] lastSeen;
  private @Nullable FileTime lastModified;
  private long lastSize = -1;

  /** How often in a row it could not be read. */
  private int unreadable;

  /**
   * @param name a path, {@code file:PATH} or {@code classpath:NAME}
   * @param catalogue what integrations may subscribe to, asked for each time the file is read;
   *     throws an {@link IllegalArgumentException} while there is none
   */
  public IntegrationsFile(String name, Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
    this.name = name.startsWith("file:") ? name.substring("file:".length()) : name;
  }

  /**
   * What the file says now. An unreadable file is a finding.
   *
   * @throws IllegalArgumentException when there is no catalogue
   */
  public Reading read() {
    try {
      byte[] bytes = bytes();
      lastSeen = bytes;
      return parse(bytes);
    } catch (IOException e) {
      return failed(e);
    }
  }

  /**
   * What the file says, if its bytes changed since the last call; empty while nothing changed. A
   * file that vanished for a moment, as editors do when they save, counts as unchanged; one that
   * cannot be read {@value #LONG_UNREADABLE} times in a row is a finding, once; so is one that has
   * no catalogue.
   */
  public Optional<Reading> poll() {
    try {
      if (name.startsWith(CLASSPATH) || !looksChanged()) {
        return Optional.empty();
      }
      byte[] bytes = bytes();
      if (Arrays.equals(bytes, lastSeen)) {
        unreadable = 0;
        return Optional.empty();
      }
      Reading reading = parse(bytes);
      unreadable = 0;
      lastSeen = bytes;
      return Optional.of(reading);
    } catch (IOException | IllegalArgumentException e) {
      lastSize = -1; // look again next time
      if (++unreadable != LONG_UNREADABLE) {
        return Optional.empty();
      }
      lastSeen = null; // whatever comes next is news
      return Optional.of(failed(e));
    }
  }

  /** The name for people. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * A change of time or size; a file that was changed within the last two seconds is read again,
   * since file times may be that coarse.
   */
  private boolean looksChanged() throws IOException {
    FileTime modified = Files.getLastModifiedTime(Path.of(name));
    long size = Files.size(Path.of(name));
    boolean young = System.currentTimeMillis() - modified.toMillis() < 2_000;
    boolean changed = young || !modified.equals(lastModified) || size != lastSize;
    lastModified = modified;
    lastSize = size;
    return changed;
  }

  private byte[] bytes() throws IOException {
    try (InputStream in = open()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("larger than " + LARGEST + " bytes");
      }
      return bytes;
    }
  }

  private InputStream open() throws IOException {
    if (!name.startsWith(CLASSPATH)) {
      return Files.newInputStream(Path.of(name));
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    String resource = name.substring(CLASSPATH.length());
    InputStream in =
        (loader == null ? IntegrationsFile.class.getClassLoader() : loader)
            .getResourceAsStream(resource);
    if (in == null) {
      throw new NoSuchFileException(name);
    }
    return in;
  }

  private Reading parse(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return IntegrationsReader.read(
          new SourceFile(name, text.startsWith("\uFEFF") ? text.substring(1) : text),
          catalogue.get());
    } catch (CharacterCodingException e) {
      return failed("not valid UTF-8", "save it as UTF-8");
    }
  }

  private Reading failed(Exception why) {
    return why instanceof NoSuchFileException
        ? failed("there is no such file", "name yours with the option `config`")
        : failed(why.getMessage() == null ? why.toString() : why.getMessage(), null);
  }

  private Reading failed(String why, @Nullable String hint) {
    Diagnostic finding =
        IntegrationCode.FILE.at(new SourceFile(name, ""), Span.START, name, why).withHint(hint);
    return new Reading(null, List.of(finding));
  }
}
