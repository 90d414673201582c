package dev.camelsiem.lang.function;

import dev.camelsiem.lang.function.FunctionSpec.Param;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the declaration of a function and refuses an incomplete one. */
public final class FunctionSpecBuilder {
  final String name;
  String area = "";
  String summary = "";
  final List<Param> params = new ArrayList<>();
  FunctionType returnType = FunctionType.ANY;
  String returnDoc = "";
  String nullDoc = "";
  final List<FunctionSpec.Example> examples = new ArrayList<>();
  boolean pure = true;
  boolean repeats;
  int cost = 1;
  Function<Arguments, FunctionSpec.@Nullable Complaint> check = arguments -> null;
  Function<Arguments, @Nullable Body> prepare = arguments -> null;
  private final Map<Integer, Body> bodies = new TreeMap<>();
  private Body.@Nullable BodyN bodyN;

  FunctionSpecBuilder(String name) {
    this.name = name;
  }

  /** The room: the last part of the package that the function lives in. */
  public FunctionSpecBuilder area(String newArea) {
    area = newArea;
    return this;
  }

  /** One sentence. */
  public FunctionSpecBuilder summary(String newSummary) {
    summary = newSummary;
    return this;
  }

  public FunctionSpecBuilder param(String paramName, FunctionType type, String doc) {
    params.add(new Param(paramName, List.of(type), false, type == FunctionType.ANY, doc));
    return this;
  }

  /** A parameter that a call may leave out, which is to give null; no other kind may follow. */
  public FunctionSpecBuilder optional(String paramName, FunctionType type, String doc) {
    params.add(new Param(paramName, List.of(type), true, true, doc));
    return this;
  }

  /** The last parameter takes this type, too. */
  public FunctionSpecBuilder or(FunctionType type) {
    Param last = params.remove(params.size() - 1);
    List<FunctionType> types = new ArrayList<>(last.types());
    types.add(type);
    params.add(new Param(last.name(), types, last.optional(), last.nullable(), last.doc()));
    return this;
  }

  /** The last parameter takes null, too: {@link #nulls} says what that means. */
  public FunctionSpecBuilder nullable() {
    Param last = params.remove(params.size() - 1);
    params.add(new Param(last.name(), last.types(), last.optional(), true, last.doc()));
    return this;
  }

  /** The last parameter may come any number of times, also never. */
  public FunctionSpecBuilder repeats() {
    repeats = true;
    return this;
  }

  public FunctionSpecBuilder returns(FunctionType type, String doc) {
    returnType = type;
    returnDoc = doc;
    return this;
  }

  /** What null arguments give, and when else the result is null. */
  public FunctionSpecBuilder nulls(String doc) {
    nullDoc = doc;
    return this;
  }

  public FunctionSpecBuilder example(String call, String result) {
    examples.add(new FunctionSpec.Example(call, result));
    return this;
  }

  /** The result depends on when the event was received: calls must not be folded. */
  public FunctionSpecBuilder impure() {
    pure = false;
    return this;
  }

  /**
   * Steps that a call takes beside a look at each of its texts, 50 ns each; one unless it is said.
   */
  public FunctionSpecBuilder cost(int steps) {
    cost = steps;
    return this;
  }

  /** Looks at constant arguments when a rule is compiled and says what is wrong with them. */
  public FunctionSpecBuilder check(Function<Arguments, FunctionSpec.@Nullable Complaint> checker) {
    check = checker;
    return this;
  }

  /** Makes a faster body out of constant arguments, or gives null for the usual one. */
  public FunctionSpecBuilder prepare(Function<Arguments, @Nullable Body> preparation) {
    prepare = preparation;
    return this;
  }

  public FunctionSpecBuilder body1(Body.Body1 body) {
    bodies.put(1, body);
    return this;
  }

  public FunctionSpecBuilder body2(Body.Body2 body) {
    bodies.put(2, body);
    return this;
  }

  public FunctionSpecBuilder body3(Body.Body3 body) {
    bodies.put(3, body);
    return this;
  }

  public FunctionSpecBuilder body4(Body.Body4 body) {
    bodies.put(4, body);
    return this;
  }

  public FunctionSpecBuilder bodyN(Body.BodyN body) {
    bodyN = body;
    return this;
  }

  Body body(int arity) {
    Body body = bodies.get(arity);
    return body != null ? body : require(bodyN, "a body for " + arity + " arguments");
  }

  /** Ends the declaration. */
  public FunctionSpec build() {
    demand(!area.isEmpty(), "an area");
    demand(isSentence(summary), "a summary that is a sentence");
    demand(!params.isEmpty(), "parameters");
    params.forEach(p -> demand(isSentence(p.doc()), "a sentence about " + p.name()));
    demand(isSentence(returnDoc), "a sentence about the result");
    demand(isSentence(nullDoc), "a sentence about null");
    demand(examples.size() >= 2, "two examples");
    demand(
        examples.stream().anyMatch(FunctionSpecBuilder::showsFailure),
        "an example that gives null, something empty or false");
    FunctionSpec spec = new FunctionSpec(this);
    for (int arity = spec.minArity(); arity <= params.size(); arity++) {
      body(arity);
    }
    demand(repeats == (bodyN != null), "a body for repeated parameters, and only for them");
    return spec;
  }

  private static boolean showsFailure(FunctionSpec.Example example) {
    String result = example.result();
    return result.equals("null")
        || result.equals("False")
        || result.equals("\"\"")
        || result.equals("[]")
        || example.call().contains("null");
  }

  private static boolean isSentence(String text) {
    return text.endsWith(".") && !Character.isLowerCase(text.charAt(0));
  }

  private <T> T require(@Nullable T value, String what) {
    demand(value != null, what);
    if (value == null) {
      throw new AssertionError();
    }
    return value;
  }

  private void demand(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("the declaration of " + name + " lacks " + what);
    }
  }
}
