package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements. */
public final class Steps {
  private Steps() {}

  /** One after the other. */
  public static Step block(List<Step> steps) {
    return block(steps, steps.size());
  }

  /**
   * One after the other.
   *
   * @param cost steps that it takes to run them all, apart from those inside blocks of their own
   */
  public static Step block(List<Step> steps, int cost) {
    return new Block(withRuns(steps), cost);
  }

  /** Constants that are assigned one after the other become one step. */
  private static Step[] withRuns(List<Step> steps) {
    List<Step> merged = new ArrayList<>();
    List<AssignConstant> run = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof AssignConstant constant) {
        run.add(constant);
        continue;
      }
      endRun(run, merged);
      merged.add(step);
    }
    endRun(run, merged);
    return merged.toArray(new Step[0]);
  }

  private static void endRun(List<AssignConstant> run, List<Step> merged) {
    if (run.size() > 1) {
      merged.add(new AssignConstants(run));
    } else {
      merged.addAll(run);
    }
    run.clear();
  }

  /** A step that no trace sees: what is appended to every rule stands in no source. */
  public static Step unseen(Step step) {
    return new Unseen(step);
  }

  /** {@code $name = value}. */
  public static Step assignVariable(Span span, String name, int slot, Node value) {
    return new AssignVariable(span, name, slot, value);
  }

  /** The same of a variable that nobody reads, but those who ask the frame. */
  public static Step assignAlias(Span span, String name, int slot, Node value) {
    return new AssignAlias(slot, value, new AssignVariable(span, name, slot, value));
  }

  /** {@code name = value}; the value is converted to the field's type. */
  public static Step assignField(Span span, String name, int slot, FieldType type, Node value) {
    if (type.isString() && value.isConstant() && value.constant() instanceof Text) {
      return new AssignConstant(span, name, slot, value.constant());
    }
    AssignField assign = new AssignField(span, name, slot, type, value);
    return type.isString() && value instanceof Reads.Event event
        ? new AssignEventText(slot, event, assign)
        : assign;
  }

  /**
   * {@code if}.
   *
   * @param bodies one per condition, and the one of {@code else}
   * @param points as many as bodies
   */
  public static Step branch(List<Node> conditions, List<Step> bodies, List<BranchPoint> points) {
    return new Branch(
        conditions.toArray(new Node[0]),
        bodies.toArray(new Step[0]),
        points.toArray(new BranchPoint[0]));
  }

  /** {@code switch}; bodies and points as for {@link #branch}. */
  public static Step select(
      Node subject, CaseTable cases, List<Step> bodies, List<BranchPoint> points) {
    return new Select(
        subject, cases, bodies.toArray(new Step[0]), points.toArray(new BranchPoint[0]));
  }

  /** {@code drop}. */
  public static Step drop(Span span) {
    return new Drop(span);
  }

  /**
   * {@code submessage}.
   *
   * @param candidates indexes of the program's subformulas that have the name and the format, in
   *     order; shared, not copied
   */
  public static Step submessage(Span span, int[] candidates, Node text) {
    return new Submessage(span, candidates, text);
  }

  private static final class Block extends Step {
    private static final Step[] NO_MORE = {};

    private final int cost;
    private final @Nullable Step first;
    private final Step[] more;

    Block(Step[] steps, int cost) {
      this.cost = cost;
      this.first = steps.length == 0 ? null : steps[0];
      this.more = steps.length < 2 ? NO_MORE : Arrays.copyOfRange(steps, 1, steps.length);
    }

    @Override
    boolean run(Frame frame) {
      frame.budget.step(cost);
      if (first == null) {
        return true;
      }
      if (!first.run(frame)) {
        return false;
      }
      for (Step step : more) {
        if (!step.run(frame)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class Unseen extends Step {
    private final Step step;

    Unseen(Step step) {
      this.step = step;
    }

    @Override
    boolean run(Frame frame) {
      frame.stopTracing();
      return step.run(frame);
    }
  }

  private static final class AssignVariable extends Step {
    private final Span span;
    private final String name;
    private final int slot;
    private final Node value;

    AssignVariable(Span span, String name, int slot, Node value) {
      this.span = span;
      this.name = name;
      this.slot = slot;
      this.value = value;
    }

    @Override
    boolean run(Frame frame) {
      Object result = value.eval(frame);
      frame.variables[slot] = result;
      if (frame.trace() != null) {
        frame.trace().assigned(span, "$" + name, result, result);
      }
      return true;
    }
  }

  private static final class AssignAlias extends Step {
    private final int slot;
    private final Node value;
    private final AssignVariable traced;

    AssignAlias(int slot, Node value, AssignVariable traced) {
      this.slot = slot;
      this.value = value;
      this.traced = traced;
    }

    @Override
    boolean run(Frame frame) {
      if (frame.trace() != null) {
        return traced.run(frame);
      }
      frame.variables[slot] = value;
      return true;
    }
  }

  private static final class AssignField extends Step {
    private final Span span;
    private final String name;
    private final int slot;
    private final FieldType type;
    private final Node value;

    AssignField(Span span, String name, int slot, FieldType type, Node value) {
      this.span = span;
      this.name = name;
      this.slot = slot;
      this.type = type;
      this.value = value;
    }

    @Override
    boolean run(Frame frame) {
      Object result = value.eval(frame);
      Object stored = result == null ? null : type.convert(result, frame.budget);
      frame.fields[slot] = stored;
      if (frame.trace() != null) {
        frame.trace().assigned(span, name, result, stored);
      }
      return true;
    }
  }

  /** The text of what an event has at a path, of a number without its value. */
  private static final class AssignEventText extends Step {
    private final int slot;
    private final Reads.Event value;
    private final AssignField traced;

    AssignEventText(int slot, Reads.Event value, AssignField traced) {
      this.slot = slot;
      this.value = value;
      this.traced = traced;
    }

    @Override
    boolean run(Frame frame) {
      if (frame.trace() != null) {
        return traced.run(frame);
      }
      frame.fields[slot] = value.text(frame);
      return true;
    }
  }

  private static final class AssignConstant extends Step {
    private final Span span;
    private final String name;
    private final int slot;
    private final @Nullable Object value;

    AssignConstant(Span span, String name, int slot, @Nullable Object value) {
      this.span = span;
      this.name = name;
      this.slot = slot;
      this.value = value;
    }

    @Override
    boolean run(Frame frame) {
      frame.fields[slot] = value;
      if (frame.trace() != null) {
        frame.trace().assigned(span, name, value, value);
      }
      return true;
    }
  }

  private static final class AssignConstants extends Step {
    private final int[] slots;
    private final @Nullable Object[] values;
    private final AssignConstant[] each;

    AssignConstants(List<AssignConstant> run) {
      each = run.toArray(new AssignConstant[0]);
      slots = run.stream().mapToInt(constant -> constant.slot).toArray();
      values = run.stream().map(constant -> constant.value).toArray();
    }

    @Override
    boolean run(Frame frame) {
      if (frame.trace() != null) {
        for (AssignConstant constant : each) {
          constant.run(frame);
        }
        return true;
      }
      @Nullable Object[] fields = frame.fields;
      for (int i = 0; i < slots.length; i++) {
        fields[slots[i]] = values[i];
      }
      return true;
    }
  }

  private static final class Branch extends Step {
    private final Node[] conditions;
    private final Step[] bodies;
    private final BranchPoint[] points;

    Branch(Node[] conditions, Step[] bodies, BranchPoint[] points) {
      this.conditions = conditions;
      this.bodies = bodies;
      this.points = points;
    }

    @Override
    boolean run(Frame frame) {
      int taken = 0;
      while (taken < conditions.length && !conditions[taken].test(frame)) {
        taken++;
      }
      frame.taken(points[taken]);
      return bodies[taken].run(frame);
    }
  }

  private static final class Select extends Step {
    private final Node subject;
    private final CaseTable cases;
    private final Step[] bodies;
    private final BranchPoint[] points;

    Select(Node subject, CaseTable cases, Step[] bodies, BranchPoint[] points) {
      this.subject = subject;
      this.cases = cases;
      this.bodies = bodies;
      this.points = points;
    }

    @Override
    boolean run(Frame frame) {
      int found = cases.find(subject.eval(frame), frame);
      int taken = found < 0 ? bodies.length - 1 : found;
      frame.taken(points[taken]);
      return bodies[taken].run(frame);
    }
  }

  private static final class Drop extends Step {
    private final Span span;

    Drop(Span span) {
      this.span = span;
    }

    @Override
    boolean run(Frame frame) {
      if (frame.trace() != null) {
        frame.trace().dropped(span);
      }
      return false;
    }
  }

  private static final class Submessage extends Step {
    private final Span span;
    private final int[] candidates;
    private final Node text;

    Submessage(Span span, int[] candidates, Node text) {
      this.span = span;
      this.candidates = candidates;
      this.text = text;
    }

    @Override
    boolean run(Frame frame) {
      if (!(text.eval(frame) instanceof Text given)) {
        traceEnd(frame, null);
        return true;
      }
      if (!frame.enterSubmessage()) {
        throw new TooDeep();
      }
      boolean goOn = true;
      Section applied = null;
      for (int candidate : candidates) {
        Section section = frame.program().subformula(candidate);
        if (section.matchText(given, frame)) {
          applied = section;
          goOn = section.runBody(frame);
          break;
        }
      }
      frame.leaveSubmessage();
      traceEnd(frame, applied == null ? null : applied.span());
      return goOn;
    }

    private void traceEnd(Frame frame, @Nullable Span applied) {
      if (frame.trace() != null) {
        frame.trace().submessage(span, applied);
      }
    }
  }

  /** Ends an evaluation whose submessages nest too deeply; caught by {@link Program#run}. */
  static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooDeep() {
      super(null, null, false, false);
    }
  }
}
