package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.function.builtin.split.KnownKeys;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Statement;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of a rule and their slots. Only fields that the rule can set have one. */
final class Symbols {
  private final SortedSet<String> variables = new TreeSet<>();
  private final SortedSet<String> fields = new TreeSet<>();
  private final Map<String, Integer> variableSlots = new HashMap<>();
  private final Map<String, Integer> fieldSlots = new HashMap<>();
  private final Set<String> assigned = new HashSet<>();
  private final Set<VariablePath> reads = new LinkedHashSet<>();
  private final Map<String, Optional<KnownKeys>> known = new HashMap<>();
  private @Nullable DocumentFormat source;
  private List<Text> variableTexts = List.of();
  private Aliases aliases = new Aliases();

  /**
   * Takes all names.
   *
   * @param events what {@link #source} is
   */
  void declare(
      @Nullable DocumentFormat events,
      Collection<Formula.Body> bodies,
      Collection<TextPattern> patterns) {
    for (Formula.Body body : bodies) {
      Trees.expressions(body, this::mention);
      Trees.statements(body.statements(), this::assign);
      Trees.roots(body, root -> aliases.collect(root, reads));
    }
    for (TextPattern pattern : patterns) {
      for (Binding binding : pattern.bindings()) {
        (binding.isField() ? fields : variables).add(binding.name());
      }
    }
    source = events;
  }

  /** Takes the fields that statements behind the bodies assign. */
  void declare(List<Statement> appended) {
    Trees.statements(appended, this::assign);
  }

  boolean canSet(String field) {
    return fields.contains(field);
  }

  /** Gives slots to all names that were taken. */
  void number() {
    variables.forEach(name -> variableSlots.put(name, variableSlots.size()));
    fields.forEach(name -> fieldSlots.put(name, fieldSlots.size()));
    variableTexts = variables.stream().map(Text::of).toList();
  }

  private void mention(Expr expr) {
    if (expr instanceof Expr.Variable variable) {
      variables.add(variable.name());
    }
  }

  private void assign(Statement statement) {
    if (statement instanceof Statement.Assign assign) {
      boolean field = assign.target() instanceof Expr.Field;
      if (!field) {
        assigned.add(assign.target().name());
      }
      (field ? fields : variables).add(assign.target().name());
    }
  }

  /** The slot of a variable that the rule mentions. */
  int variable(String name) {
    Integer slot = variableSlots.get(name);
    if (slot == null) {
      throw new IllegalStateException("undeclared variable " + name);
    }
    return slot;
  }

  /**
   * Where variables that no statement assigns are read when they are needed: in the events of the
   * rule's one head. Null when there are other heads, texts or XML, which bind all.
   */
  @Nullable DocumentFormat source() {
    return source;
  }

  /** To be called once, when all names are declared. */
  void declare(Aliases found) {
    aliases = found;
  }

  Aliases aliases() {
    return aliases;
  }

  boolean isAlias(String name) {
    return aliases.names().contains(name);
  }

  /** Slots of the variables that are read so, and of other names for them. */
  Set<Integer> late() {
    return variables.stream()
        .filter(name -> isLate(name) || isAlias(name))
        .map(this::variable)
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isLate(String name) {
    return source != null && !assigned.contains(name);
  }

  /** The slot of a field; -1 when the rule never sets it. */
  int field(String name) {
    return fieldSlots.getOrDefault(name, -1);
  }

  /** The keys that are read of a variable; null when more than constant keys may be. */
  @Nullable KnownKeys known(String variable) {
    return known.computeIfAbsent(variable, this::keys).orElse(null);
  }

  private Optional<KnownKeys> keys(String variable) {
    Set<Text> keys = new LinkedHashSet<>();
    for (VariablePath path : reads) {
      if (path.variable().equals(variable)) {
        if (path.keys().isEmpty() || !(path.keys().get(0) instanceof Text key)) {
          return Optional.empty();
        }
        keys.add(key);
      }
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of(new KnownKeys(keys));
  }

  /** The names of the variables by slot, as events have them; one list for all who ask. */
  List<Text> variableTexts() {
    return variableTexts;
  }

  List<String> variables() {
    return new ArrayList<>(variables);
  }

  List<String> fields() {
    return new ArrayList<>(fields);
  }
}
