package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.describe.DescribedField;
import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of the lines of a rule's events before there is one, and what was found out with
 * the first of them: most rules give the fields that steer a mapping one of few constants. Belongs
 * to one thread.
 */
public final class RulePlan {
  /** The rule never sets the field. */
  static final int NEVER = -1;

  /** The field is made of the event's description. */
  static final int DESCRIBED = -2;

  /** Plans of lines that are kept for a rule; whatever is beyond is decided event by event. */
  private static final int MOST = 16;

  final Descriptions descriptions;

  /** By slot of the event, that of the frame, {@link #NEVER} or {@link #DESCRIBED}. */
  final int[] fields;

  /** The slots of the event that the frame gives. */
  final int[] set;

  final DescribedField[] described;
  final int[] describedSlots;

  /** Whether few values are known of each of them, so that plans of lines are worth it. */
  private final boolean steady;

  /** Whether the same can be said of what stands in the line's header. */
  final boolean headIsSteady;

  /** Slots of the deciding fields. */
  private final int[] deciding;

  /** What the rule may assign to each of them, and the words by which the mappings decide. */
  private final List<Set<Text>> words;

  private final IdentityHashMap<FamilyPlan, PairList[]> pairs = new IdentityHashMap<>();
  private LinePlan.Known[] known = {};

  RulePlan(CefEncoding encoding, CompiledRule rule, Descriptions descriptions) {
    this.descriptions = descriptions;
    FieldTable table = encoding.fields();
    fields = new int[table.size()];
    List<DescribedField> added = new ArrayList<>();
    for (int slot = 0; slot < fields.length; slot++) {
      DescribedField special = DescribedField.of(table.name(slot));
      fields[slot] = special == null ? rule.slotOf(table.name(slot)) : DESCRIBED;
      if (special != null) {
        added.add(special);
      }
    }
    set = IntStream.range(0, fields.length).filter(slot -> fields[slot] >= 0).toArray();
    described = added.toArray(DescribedField[]::new);
    describedSlots = added.stream().mapToInt(each -> table.slot(each.field())).toArray();
    int[] steering = IntStream.of(encoding.steering()).filter(this::has).toArray();
    int[] heading = IntStream.of(encoding.heading()).filter(this::has).toArray();
    steady =
        Arrays.stream(steering)
            .allMatch(
                slot ->
                    isSteady(table.name(slot), rule)
                        || !encoding.wordsOf(table.name(slot)).isEmpty());
    headIsSteady = Arrays.stream(heading).allMatch(slot -> isSteady(table.name(slot), rule));
    deciding =
        headIsSteady
            ? IntStream.concat(IntStream.of(steering), IntStream.of(heading)).distinct().toArray()
            : steering;
    words =
        Arrays.stream(deciding)
            .mapToObj(table::name)
            .map(name -> Stream.of(rule.constantsOf(name), encoding.wordsOf(name)))
            .map(sets -> sets.flatMap(Set::stream).map(Text::of).collect(Collectors.toSet()))
            .toList();
  }

  private static boolean isSteady(String field, CompiledRule rule) {
    DescribedField described = DescribedField.of(field);
    return described == null ? !rule.constantsOf(field).isEmpty() : !described.isSentence();
  }

  /** Whether an event of the rule can have a field. */
  boolean has(int slot) {
    return slot != FieldTable.NONE && fields[slot] != NEVER;
  }

  /** Whether the value of a field is the same in all events that a plan of lines is for. */
  boolean decides(int slot) {
    return Arrays.stream(deciding).anyMatch(each -> each == slot);
  }

  /** The entries that events of the rule and of a family may carry, by outcome. */
  PairList[] pairs(FamilyPlan family) {
    return pairs.computeIfAbsent(
        family,
        key ->
            Arrays.stream(key.pairs)
                .map(all -> all.select(each -> each.isFor(this::has)))
                .toArray(PairList[]::new));
  }

  /** The plan that is known for an event, or null. */
  @Nullable LinePlan find(FrameValues event) {
    for (LinePlan.Known each : known) {
      if (each.isFor(event, deciding)) {
        return each.plan;
      }
    }
    return null;
  }

  /**
   * Whether a plan for events like this one would be kept. Only constants of the rule and words of
   * the mappings count: what else strangers send must not take the places.
   */
  boolean isWanted(FrameValues event) {
    if (!steady || known.length >= MOST) {
      return false;
    }
    for (int i = 0; i < deciding.length; i++) {
      Object value = event.value(deciding[i]);
      boolean known = fields[deciding[i]] == DESCRIBED || words.get(i).contains(value);
      if (value != null && !known) {
        return false;
      }
    }
    return true;
  }

  void keep(FrameValues event, LinePlan plan) {
    @Nullable Text[] values = new Text[deciding.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Text) event.value(deciding[i]);
    }
    known = Arrays.copyOf(known, known.length + 1);
    known[known.length - 1] = new LinePlan.Known(values, plan);
  }
}
