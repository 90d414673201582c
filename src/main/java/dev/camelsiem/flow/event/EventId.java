package dev.camelsiem.flow.event;

import dev.camelsiem.text.Ascii;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names an event for good: a repeat after a fault carries the same id, so that a SIEM can tell it.
 *
 * @param source 64 bits that name the source: a file's identity, a Kafka partition, one connection
 * @param offset place in the source: byte offset, Kafka offset, running number
 * @param element which element of that place when it held several, from 0
 */
public record EventId(long source, long offset, int element) {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong());

  /** A 64-bit name of a source from its text; the same text gives the same name everywhere. */
  public static long source(String identity) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < identity.length(); i++) {
      hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /**
   * A 64-bit name for a source that has none of its own, such as a connection: random, and never
   * twice in a process. Not 0.
   */
  public static long newSource() {
    long source = mixed(NEXT.getAndAdd(GOLDEN));
    return source == 0 ? newSource() : source;
  }

  /** A finalizer that spreads every bit; no two numbers give the same. */
  private static long mixed(long number) {
    long hash = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static EventId parse(String text) {
    int dot = text.indexOf('.', 17);
    String offset = text.length() < 18 ? "" : text.substring(17, dot < 0 ? text.length() : dot);
    if (offset.isEmpty() || text.charAt(16) != '-') {
      throw new IllegalArgumentException("no event id: " + text);
    }
    return new EventId(
        Long.parseUnsignedLong(text, 0, 16, 16),
        Long.parseUnsignedLong(offset, 16),
        dot < 0 ? 0 : Integer.parseInt(text.substring(dot + 1)));
  }

  /** For example {@code 3fa9c1d27b8e4410-1f4a0} or, for a later element, {@code …-1f4a0.2}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(40);
    for (int shift = 60; shift >= 0; shift -= 4) {
      text.append((char) Ascii.lowerHex((int) (source >>> shift) & 15));
    }
    text.append('-').append(Long.toHexString(offset));
    if (element > 0) {
      text.append('.').append(element);
    }
    return text.toString();
  }
}
