package dev.camelsiem.content.rulepackage;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads text files of bounded size, strictly as UTF-8, with or without a byte order mark. */
public final class SourceReader {
  /** Formulas, metadata and texts: no such file is larger, in bytes. */
  public static final int LARGEST_SOURCE = 2 << 20;

  private static final String UNKNOWN = "unknown reason";

  private SourceReader() {}

  /** The text of a file under its own path, or null and a finding. */
  public static @Nullable SourceFile read(Path file, Diagnostics findings) {
    String name = file.toString();
    byte[] bytes;
    try {
      bytes = bytes(file, LARGEST_SOURCE);
    } catch (IOException e) {
      findings.add(PackageCode.UNREADABLE.at(empty(name), Span.START, reason(e)));
      return null;
    }
    if (bytes.length > LARGEST_SOURCE) {
      findings.add(PackageCode.TOO_LARGE.at(empty(name), Span.START, LARGEST_SOURCE));
      return null;
    }
    return decode(name, bytes, findings);
  }

  /**
   * The bytes of a file, at most one more than {@code limit}, so that the caller sees that there is
   * more. A pipe or a device, which might never end or never begin, is refused.
   */
  public static byte[] bytes(Path file, int limit) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(Files.isDirectory(file) ? "Is a directory" : "no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(limit + 1);
    }
  }

  /** What went wrong, in words for people. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    String message = e.getMessage();
    if (e.getClass() == IOException.class && message != null) {
      return message;
    }
    return e.getClass().getSimpleName() + ": " + (message == null ? UNKNOWN : message);
  }

  private static @Nullable SourceFile decode(String name, byte[] bytes, Diagnostics findings) {
    int from = Utf8.skipBom(bytes, 0, bytes.length) > 0 ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(bytes.length - from);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      SourceFile soFar = new SourceFile(name, out.toString());
      int end = soFar.text().length();
      findings.add(PackageCode.NOT_UTF8.at(soFar, new Span(end, end), in.position()));
      return null;
    }
    return new SourceFile(name, out.toString());
  }

  /** A place for findings about a file that has no text for us. */
  static SourceFile empty(String name) {
    return new SourceFile(name, "");
  }
}
