package dev.camelsiem.delivery.log;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one encoding: a table that tells the facts, the id and the length of each, then the
 * lines, each followed by a line feed.
 */
final class SectionCodec {
  private static final int NO_ID = 0;
  private static final int SAME_SOURCE = 1;
  private static final int NEW_SOURCE = 2;
  private static final int LEAST_BYTES_OF_FACTS = 6;
  private static final int LEAST_BYTES_OF_LINE = 4; // facts, id, length, line feed

  private SectionCodec() {}

  /** The plain section of some lines. */
  static byte[] encode(EncodedBatch lines) {
    ByteWriter table = table(lines);
    byte[] section = new byte[table.size() + lines.totalBytes() + lines.size()];
    table.copyTo(section, 0);
    copyLines(lines, section, table.size());
    return section;
  }

  private static ByteWriter table(EncodedBatch lines) {
    ByteWriter table = new ByteWriter();
    int size = lines.size();
    table.varint(size);
    Map<EventFacts, Integer> known = new HashMap<>();
    for (int i = 0; i < size; i++) {
      EventFacts facts = lines.facts(i);
      if (facts != null) {
        known.putIfAbsent(facts, known.size() + 1);
      }
    }
    writeFacts(table, known);
    EventId before = new EventId(0, 0, 0);
    for (int i = 0; i < size; i++) {
      EventFacts facts = lines.facts(i);
      table.varint(facts == null ? 0 : known.getOrDefault(facts, 0));
      EventId id = lines.id(i);
      writeId(table, id, before);
      before = id == null ? before : id;
      table.varint(lines.end(i) - lines.start(i));
    }
    return table;
  }

  private static void writeFacts(ByteWriter table, Map<EventFacts, Integer> known) {
    @Nullable EventFacts[] ordered = new EventFacts[known.size()];
    known.forEach((facts, number) -> ordered[number - 1] = facts);
    table.varint(ordered.length);
    for (EventFacts facts : ordered) {
      if (facts != null) {
        table.text(facts.id());
        table.text(facts.family());
        table.signed(facts.severity());
        table.text(facts.category());
        table.text(facts.runtimeType());
        table.text(facts.agentGroup());
      }
    }
  }

  private static void writeId(ByteWriter table, @Nullable EventId id, EventId before) {
    if (id == null) {
      table.octet(NO_ID);
      return;
    }
    boolean same = id.source() == before.source();
    table.octet(same ? SAME_SOURCE : NEW_SOURCE);
    if (!same) {
      table.fixed(id.source());
    }
    table.signed(id.offset() - before.offset());
    table.signed(id.element());
  }

  /** Puts the lines behind the table. */
  private static void copyLines(EncodedBatch lines, byte[] target, int from) {
    int at = from;
    for (int i = 0; i < lines.size(); i++) {
      int length = lines.end(i) - lines.start(i);
      System.arraycopy(lines.array(), lines.start(i), target, at, length);
      at += length;
      target[at++] = '\n';
    }
  }

  /** The lines of a section, on the same bytes. */
  static EncodedBatch decode(byte[] bytes, int from, int to) throws DamagedException {
    ByteReader reader = new ByteReader(bytes, from, to);
    int size = reader.count(LEAST_BYTES_OF_LINE);
    @Nullable EventFacts[] known = readFacts(reader);
    int[] starts = new int[size];
    int[] ends = new int[size];
    @Nullable EventFacts[] facts = new EventFacts[size];
    @Nullable EventId[] ids = new EventId[size];
    EventId before = new EventId(0, 0, 0);
    for (int i = 0; i < size; i++) {
      long number = reader.varint();
      if (number < 0 || number >= known.length) {
        throw new DamagedException("facts " + number + " of " + known.length);
      }
      facts[i] = known[(int) number];
      EventId id = readId(reader, before);
      ids[i] = id;
      before = id == null ? before : id;
      long length = reader.varint();
      if (length < 0 || length > reader.remaining()) {
        throw new DamagedException("line of " + length + " bytes");
      }
      ends[i] = (int) length;
    }
    place(bytes, reader.position(), to, starts, ends);
    return EncodedBatch.over(bytes, starts, ends, facts, ids);
  }

  /** Turns lengths into places. */
  private static void place(byte[] bytes, int from, int to, int[] starts, int[] ends)
      throws DamagedException {
    int at = from;
    for (int i = 0; i < starts.length; i++) {
      int length = ends[i];
      if (length >= to - at || bytes[at + length] != '\n') {
        throw new DamagedException("line " + i + " does not end where it should");
      }
      starts[i] = at;
      ends[i] = at + length;
      at += length + 1;
    }
    if (at != to) {
      throw new DamagedException(to - at + " bytes too many");
    }
  }

  /** The facts by their numbers; number 0 is for none. */
  private static @Nullable EventFacts[] readFacts(ByteReader reader) throws DamagedException {
    int count = reader.count(LEAST_BYTES_OF_FACTS);
    @Nullable EventFacts[] known = new EventFacts[count + 1];
    for (int i = 1; i <= count; i++) {
      String id = reader.someText();
      String family = reader.someText();
      int severity = (int) reader.signed();
      known[i] = new EventFacts(id, family, severity, reader.text(), reader.text(), reader.text());
    }
    return known;
  }

  private static @Nullable EventId readId(ByteReader reader, EventId before)
      throws DamagedException {
    int kind = reader.octet();
    if (kind == NO_ID) {
      return null;
    }
    if (kind > NEW_SOURCE) {
      throw new DamagedException("id of kind " + kind);
    }
    long source = kind == SAME_SOURCE ? before.source() : reader.fixed();
    long offset = before.offset() + reader.signed();
    return new EventId(source, offset, (int) reader.signed());
  }
}
