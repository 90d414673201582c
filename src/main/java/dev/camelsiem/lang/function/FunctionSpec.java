package dev.camelsiem.lang.function;

import dev.camelsiem.lang.value.ValueKind;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one declaration of a built-in function: what compiler, documents, hover help and tests know
 * about it. Made by {@link FunctionSpecBuilder}, which refuses to leave anything out.
 */
public final class FunctionSpec {
  /**
   * A parameter; optional ones come last.
   *
   * @param nullable null does not make the result null, or false
   */
  public record Param(
      String name, List<FunctionType> types, boolean optional, boolean nullable, String doc) {
    public Param {
      types = List.copyOf(types);
    }

    /** What it takes, as documents name it. */
    public String words() {
      return FunctionType.words(types);
    }

    /** True when the function can do something with a value of this kind. */
    public boolean takes(ValueKind kind) {
      return kind == ValueKind.NULL ? nullable : types.stream().anyMatch(type -> type.takes(kind));
    }

    /** False for a text with which the function can do nothing. */
    public boolean reads(Object text) {
      return types.stream().anyMatch(type -> type.reads(text));
    }
  }

  /** A call and its result, both as XP text; {@code result} is compared as the printed value. */
  public record Example(String call, String result) {}

  /** Why a constant argument is refused: argument index from 0, one sentence, what to write. */
  public record Complaint(int argument, String message, @Nullable String hint) {}

  private final FunctionSpecBuilder made;

  FunctionSpec(FunctionSpecBuilder made) {
    this.made = made;
  }

  /** Starts a declaration. */
  public static FunctionSpecBuilder named(String name) {
    return new FunctionSpecBuilder(name);
  }

  public String name() {
    return made.name;
  }

  /** The room that the function lives in: {@code text}, {@code number} and so on. */
  public String area() {
    return made.area;
  }

  public String summary() {
    return made.summary;
  }

  public List<Param> params() {
    return List.copyOf(made.params);
  }

  /** The parameter that an argument is for; the last one where it repeats. */
  public Param param(int argument) {
    return made.params.get(Math.min(argument, made.params.size() - 1));
  }

  public FunctionType returnType() {
    return made.returnType;
  }

  public String returnDoc() {
    return made.returnDoc;
  }

  /** What the function gives for null, and when else it gives null. */
  public String nullDoc() {
    return made.nullDoc;
  }

  public List<Example> examples() {
    return List.copyOf(made.examples);
  }

  /** Steps that a call takes beside a look at each of its texts and what its body charges. */
  public int cost() {
    return made.cost;
  }

  /** True when equal arguments always give equal results, so that calls can be folded. */
  public boolean isPure() {
    return made.pure;
  }

  public int minArity() {
    return (int) made.params.stream().filter(p -> !p.optional()).count();
  }

  /** {@link Integer#MAX_VALUE} when the last parameter repeats. */
  public int maxArity() {
    return made.repeats ? Integer.MAX_VALUE : made.params.size();
  }

  /** True when a call may have so many arguments. */
  public boolean accepts(int arity) {
    return arity >= minArity() && arity <= maxArity();
  }

  /** {@code find_substr(text, substring)}; optional parameters in brackets. */
  public String signature() {
    StringBuilder text = new StringBuilder(name()).append('(');
    for (int i = 0; i < made.params.size(); i++) {
      Param param = made.params.get(i);
      String comma = i == 0 ? "" : ", ";
      text.append(param.optional() ? (i == 0 ? "[" : " [, ") : comma).append(param.name());
    }
    text.append(made.repeats ? ", ..." : "");
    made.params.stream().filter(Param::optional).forEach(p -> text.append(']'));
    return text.append(')').toString();
  }

  /** What is wrong with the constant arguments of a call; null when nothing is. */
  public @Nullable Complaint check(Arguments arguments) {
    return made.check.apply(arguments);
  }

  /**
   * The body for one place in a rule, prepared for the arguments that are constant there. It is
   * called with all arguments, the constant ones included. Its kind follows the number of
   * arguments: {@link Body.Body1} to {@link Body.Body4}, or {@link Body.BodyN} for functions whose
   * last parameter repeats.
   *
   * @param arguments as many as {@link #accepts} allows
   */
  public Body bind(Arguments arguments) {
    int arity = arguments.count();
    if (!accepts(arity)) {
      throw new IllegalArgumentException(name() + " does not take " + arity + " arguments");
    }
    Function<Arguments, @Nullable Body> prepare = made.prepare;
    Body prepared = check(arguments) == null ? prepare.apply(arguments) : null;
    return prepared != null ? prepared : made.body(arity);
  }

  @Override
  public String toString() {
    return signature();
  }
}
