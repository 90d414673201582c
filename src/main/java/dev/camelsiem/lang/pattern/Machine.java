package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Text;
import dev.camelsiem.lang.value.Utf8;

/**
 * Runs the instructions of a format over a text.
 *
 * <p>A depth-first search: each choice leaves an entry on the stack, a failure takes the last one
 * up again. Control moves only forward in the program, so at most one entry a choice is pending.
 * Whether the rest matches depends on the instruction and the offset alone; once a text has caused
 * many failures, the places where a choice has been are remembered and never tried again, which
 * makes the search linear. Steps are charged to the budget in any case.
 */
final class Machine {
  /** Failures after which remembering begins to pay. */
  private static final int PATIENCE = 64;

  /** Bytes of searching that count as one step. */
  private static final int BYTES_A_STEP = 64;

  /** Failures between two charges to the budget; a power of two. */
  private static final int CHARGE = 256;

  /** In the place of a repetition's start: the entry belongs to a choice. */
  private static final int IS_CHOICE = -3;

  private static final int FAIL = -1;

  private Machine() {}

  /** The loop is long because its state has to stay in local variables to be fast. */
  static boolean run(
      TextPattern pattern, byte[] bytes, int from, int to, Match match, Budget budget) {
    Instruction[] program = pattern.program();
    int[] stack = match.stack;
    int[] trail = match.trail;
    int trailLength = 0;
    int depth = 0;
    int failures = 0;
    int steps = 0;
    int pc = 0;
    int at = from;
    // The start of a repetition that is to be tried once more, or IS_CHOICE.
    int repeatStart = IS_CHOICE;
    while (true) {
      Instruction instruction = program[pc];
      steps++;
      int end = FAIL;
      int start = at;
      if (repeatStart == IS_CHOICE) {
        switch (instruction.op) {
          case Instruction.LITERAL -> {
            start = literalStart(instruction, bytes, at, to);
            end =
                Bytes.startsWith(bytes, start, to, instruction.text)
                    ? start + instruction.text.length
                    : FAIL;
          }
          case Instruction.TOKEN -> {
            start = Bytes.skipSpace(bytes, at, to);
            end =
                instruction.kind == TokenKind.DATETIME
                    ? match.dateEnd(start, to)
                    : Scanner.end(instruction.kind, instruction.text, bytes, start, to);
            steps += ((end < 0 ? to : end) - start) / BYTES_A_STEP;
          }
          case Instruction.CHOICE -> {
            if (failures <= PATIENCE || match.enter(instruction.choice, at - from, to - from)) {
              depth = push(stack, depth, instruction.target, at, trailLength, IS_CHOICE);
              pc++;
              continue;
            }
          }
          case Instruction.REPEAT -> {
            repeatStart = Match.NOTHING;
            if (instruction.mayBeNone) {
              depth = push(stack, depth, pc, at, trailLength, Match.NOTHING);
              trailLength = note(trail, trailLength, instruction, Match.NOTHING, Match.NOTHING);
              repeatStart = IS_CHOICE;
              pc++;
              continue;
            }
          }
          case Instruction.JUMP -> {
            pc = instruction.target;
            continue;
          }
          default -> {
            start = Bytes.skipSpace(bytes, at, to);
            if (start == to) {
              budget.step(steps);
              match.succeed(trailLength);
              return true;
            }
          }
        }
      }
      if (repeatStart != IS_CHOICE) {
        int next = Bytes.skipSpace(bytes, at, to);
        start = repeatStart == Match.NOTHING ? next : repeatStart;
        end = repeatEnd(instruction, bytes, next, to, match);
        steps += ((end < 0 ? to : end) - next) / BYTES_A_STEP;
        repeatStart = IS_CHOICE;
        if (end >= 0
            && (failures <= PATIENCE || match.enter(instruction.choice, end - from, to - from))) {
          depth = push(stack, depth, pc, end, trailLength, start);
        } else {
          start = next;
          end = FAIL;
        }
      }
      if (end >= 0) {
        if (instruction.binding >= 0) {
          trailLength = note(trail, trailLength, instruction, start, end);
        }
        at = end;
        pc++;
        continue;
      }
      match.fail(instruction, start);
      failures++;
      if ((failures & CHARGE - 1) == 0) {
        budget.step(steps);
        steps = 0;
      }
      if (depth == 0) {
        budget.step(steps);
        return false;
      }
      depth -= 4;
      pc = stack[depth];
      at = stack[depth + 1];
      trailLength = stack[depth + 2];
      repeatStart = stack[depth + 3];
    }
  }

  /** Where a literal has to begin: behind blanks, but for those with which it begins itself. */
  private static int literalStart(Instruction literal, byte[] bytes, int at, int to) {
    int next = Bytes.skipSpace(bytes, at, to);
    if (literal.blanks == 0) {
      return next;
    }
    return literal.blanks == literal.text.length ? at : Math.max(at, next - literal.blanks);
  }

  /** The next end of a repetition that is to grow from {@code next}, or {@link #FAIL}. */
  private static int repeatEnd(Instruction repeat, byte[] bytes, int next, int to, Match match) {
    if (next >= to) {
      return FAIL;
    }
    if (repeat.stopsAtEnd) {
      return Bytes.trimEnd(bytes, next, to);
    }
    byte[] stop = repeat.stop;
    if (repeat.kind == TokenKind.DATETIME) {
      return match.dateEnd(next, to);
    }
    if (stop == null) {
      return Scanner.end(repeat.kind, repeat.text, bytes, next, to);
    }
    int searchFrom = Utf8.next(bytes, next, to);
    int found = Text.indexOf(bytes, searchFrom, to, stop, 0, stop.length);
    return found < 0 ? FAIL : Bytes.trimEnd(bytes, searchFrom, found);
  }

  private static int push(int[] stack, int depth, int pc, int at, int trailLength, int start) {
    stack[depth] = pc;
    stack[depth + 1] = at;
    stack[depth + 2] = trailLength;
    stack[depth + 3] = start;
    return depth + 4;
  }

  private static int note(
      int[] trail, int trailLength, Instruction instruction, int start, int end) {
    if (instruction.binding < 0) {
      return trailLength;
    }
    trail[trailLength] = instruction.binding;
    trail[trailLength + 1] = start;
    // The delimiter of UNTIL is consumed but does not belong to the value.
    trail[trailLength + 2] =
        instruction.kind == TokenKind.UNTIL && end >= 0 ? end - instruction.text.length : end;
    return trailLength + 3;
  }
}
