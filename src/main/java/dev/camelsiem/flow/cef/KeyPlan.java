package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.ComputedValue;
import dev.camelsiem.flow.cef.mapping.ValueType;
import dev.camelsiem.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** One entry of the mapping's extension, prepared for writing. Immutable. */
final class KeyPlan {
  static final String EXTERNAL_ID = "externalId";

  final String key;

  /** The key that would otherwise carry our own id of the event. */
  final boolean isExternalId;

  /**
   * {@code " key="}, and what stands before what a field says; the first key of a line leaves the
   * separator out.
   */
  final Piece lead;

  final Notation notation;

  /** {@code " keyLabel=text"}, escaped, or nothing. */
  final Piece tail;

  final @Nullable ComputedValue computed;

  /** The value of every event, or nothing. */
  final byte[] constant;

  /** Names of the categories, escaped. */
  final byte[][] categories;

  final int slot;
  final ConditionPlan when;

  /** Whether there are conditions. */
  final boolean isConditional;

  final ValueType type;
  final int limit;

  /** Step of shortening from which on this value is cut. */
  final int cutFrom;

  /** Step of shortening from which on this key is left out. */
  final int dropFrom;

  /** An IPv4 key whose field has an IPv6 key too, or the other way round. */
  final boolean hasTwin;

  /** Whether the blanks at the ends of a text are sent, too. */
  final boolean keepsBlanks;

  final @Nullable WordTable words;
  final byte[][] wordBytes;
  final LongAdder dropped;

  /** The whole pair with its label is {@link #lead}. */
  final boolean isReady;

  /**
   * @param categories names of the mapping's categories in their order
   */
  KeyPlan(
      ExtensionKey entry,
      Notation notation,
      FieldTable fields,
      Steps steps,
      List<String> categories,
      boolean hasTwin,
      LongAdder dropped) {
    this.key = entry.key();
    this.isExternalId = key.equals(EXTERNAL_ID);
    this.notation = notation;
    Piece prefix = new Piece(notation.text(entry.prefix()));
    boolean isPrefixed = entry.field() != null && entry.tokens() == null;
    this.lead = new Piece(notation.lead(key)).and(isPrefixed ? prefix : Piece.EMPTY);
    this.tail = new Piece(label(entry, notation));
    this.computed = entry.value();
    String text = entry.constant();
    this.constant = text == null ? new byte[0] : notation.value(text, entry.limit());
    this.categories =
        categories.stream().map(name -> notation.value(name, entry.limit())).toArray(byte[][]::new);
    this.slot = entry.field() == null ? FieldTable.NONE : fields.slot(entry.field());
    this.when = new ConditionPlan(entry.when(), fields);
    this.isConditional = !entry.when().isEmpty();
    this.type = entry.type();
    int prefixed = entry.prefix().codePointCount(0, entry.prefix().length());
    this.limit = Math.max(1, entry.limit() - prefixed);
    this.cutFrom = steps.cutFrom(key);
    this.dropFrom = steps.dropFrom(key);
    this.hasTwin = hasTwin;
    this.keepsBlanks = entry.keepBlanks();
    this.dropped = dropped;
    this.isReady = false;
    Map<String, String> tokens = entry.tokens();
    List<byte[]> bytes = new ArrayList<>();
    this.words = tokens == null ? null : words(tokens, bytes, notation);
    this.wordBytes = bytes.toArray(byte[][]::new);
  }

  private KeyPlan(KeyPlan origin, Piece lead, boolean isReady) {
    this.key = origin.key;
    this.isExternalId = origin.isExternalId;
    this.notation = origin.notation;
    this.lead = lead;
    this.tail = origin.tail;
    this.computed = origin.computed;
    this.constant = origin.constant;
    this.categories = origin.categories;
    this.slot = isReady ? FieldTable.NONE : origin.slot;
    this.when = ConditionPlan.NONE;
    this.isConditional = false;
    this.type = origin.type;
    this.limit = origin.limit;
    this.cutFrom = origin.cutFrom;
    this.dropFrom = origin.dropFrom;
    this.hasTwin = origin.hasTwin;
    this.keepsBlanks = origin.keepsBlanks;
    this.words = origin.words;
    this.wordBytes = origin.wordBytes;
    this.dropped = origin.dropped;
    this.isReady = isReady;
  }

  /** The same for events for which the conditions hold. */
  KeyPlan unconditional() {
    return isConditional ? new KeyPlan(this, lead, false) : this;
  }

  /** The same for events in whose lines it is always the same. */
  KeyPlan ready(Piece pair) {
    return new KeyPlan(this, pair, true);
  }

  /** Whether events that have some of the fields at most may carry it. */
  boolean isFor(IntPredicate has) {
    return (slot == FieldTable.NONE || has.test(slot)) && when.mayHold(has);
  }

  /** Whether an address is one that is written under the key of the other version. */
  boolean isForTwin(@Nullable IpAddress address) {
    return address != null
        && hasTwin
        && address.unwrapped().isV6() != (type == ValueType.IPV6)
        && words == null;
  }

  private static WordTable words(
      Map<String, String> tokens, List<byte[]> bytes, Notation notation) {
    WordTable table = new WordTable();
    for (String word : new TreeSet<>(tokens.keySet())) {
      table.add(word, bytes.size());
      bytes.add(notation.value(tokens.getOrDefault(word, ""), Integer.MAX_VALUE));
    }
    return table;
  }

  private static byte[] label(ExtensionKey entry, Notation notation) {
    String label = entry.label();
    if (label == null) {
      return new byte[0];
    }
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    tail.writeBytes(notation.lead(entry.key() + "Label"));
    tail.writeBytes(notation.value(label, Integer.MAX_VALUE));
    return tail.toByteArray();
  }

  /** The order in which a line that is too long is made shorter. */
  record Steps(List<String> order, List<String> drop) {
    private static final int NEVER = Integer.MAX_VALUE;

    int cutFrom(String key) {
      int at = order.indexOf(key);
      return at < 0 ? order.size() + 2 : at + 1;
    }

    int dropFrom(String key) {
      return drop.contains(key) ? order.size() + 1 : NEVER;
    }

    /** The last step: the keys of {@code drop} are gone and every text is cut. */
    int last() {
      return order.size() + 2;
    }
  }
}
