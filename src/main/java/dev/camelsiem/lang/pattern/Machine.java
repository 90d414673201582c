package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Utf8;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the instructions of a format over a text.
 *
 * <p>A depth-first search: each choice leaves an entry on the stack, a failure takes the last one
 * up again. Control moves only forward in the program, so at most one entry a choice is pending.
 * Whether the rest matches depends on the instruction and the offset alone; once a text has caused
 * many failures, the places where a choice has been are remembered and never tried again, which
 * makes the search linear. Steps are charged to the budget in any case.
 */
@SuppressWarnings("EnumOrdinal") // row numbers in the compiled program, never stored
final class Machine {
  private static final TokenKind[] KINDS = TokenKind.values();
  private static final int DATETIME = TokenKind.DATETIME.ordinal();
  private static final int UNTIL = TokenKind.UNTIL.ordinal();

  /** Failures after which remembering begins to pay. */
  private static final int PATIENCE = 64;

  /** Bytes of searching that count as one step. */
  private static final int BYTES_A_STEP = 64;

  /** Steps that may be owed to the budget; beyond them the next failure pays. */
  private static final int CHARGE = 1024;

  /** In the place of a repetition's start: the entry belongs to a choice. */
  static final int IS_CHOICE = -3;

  private static final int FAIL = -1;

  /** No failure, but the end of this way. */
  private static final int ELSEWHERE = -2;

  private Machine() {}

  /** Matches a text from its begin on. */
  static boolean run(Code program, byte[] bytes, int from, int to, Match match, Budget budget) {
    return run(program, bytes, from, to, match, budget, 0, from, 0, null);
  }

  /** Goes on with a text at an instruction and an offset, with what the trail already holds. */
  static boolean run(
      Code program,
      byte[] bytes,
      int from,
      int to,
      Match match,
      Budget budget,
      int firstPc,
      int firstAt,
      int firstTrail) {
    return run(program, bytes, from, to, match, budget, firstPc, firstAt, firstTrail, null);
  }

  /** Takes a text all ways through a tree; false when it arrives too often. */
  static boolean walk(Code program, byte[] bytes, int from, int to, PatternWalk walk) {
    return !run(program, bytes, from, to, walk.match, walk.budget, 0, from, 0, walk);
  }

  /** The loop is long because its state has to stay in local variables to be fast. */
  private static boolean run(
      Code program,
      byte[] bytes,
      int from,
      int to,
      Match match,
      Budget budget,
      int firstPc,
      int firstAt,
      int firstTrail,
      @Nullable PatternWalk walk) {
    int[] code = program.cells;
    byte[] texts = program.texts;
    int[] stack = match.stack;
    int[] trail = match.trail;
    int trailLength = firstTrail;
    int depth = 0;
    int failures = 0;
    int steps = 0;
    int pc = firstPc;
    int at = firstAt;
    // The start of a repetition that is to be tried once more, or IS_CHOICE.
    int repeatStart = IS_CHOICE;
    while (true) {
      steps++;
      int end = FAIL;
      int start = at;
      if (repeatStart == IS_CHOICE) {
        switch (Code.op(code[pc + Code.WHAT])) {
          case Instruction.LITERAL -> {
            start = Ascii.skipSpace(bytes, at, to);
            steps += (start - at) / BYTES_A_STEP;
            int text = code[pc + Code.TEXT];
            int textEnd = code[pc + Code.TEXT_END];
            if (code[pc + Code.BLANKS] > 0) {
              start = blankStart(code[pc + Code.BLANKS], textEnd - text, at, start);
            }
            if (Bytes.startsWith(bytes, start, to, texts, text, textEnd)) {
              end = start + textEnd - text;
            }
          }
          case Instruction.TOKEN -> {
            start = Ascii.skipSpace(bytes, at, to);
            end = tokenEnd(code, pc, texts, bytes, start, to, match);
            steps += ((end < 0 ? to : end) - at) / BYTES_A_STEP;
          }
          case Instruction.CHOICE -> {
            if (failures <= PATIENCE || match.enter(code[pc + Code.NUMBER], at - from, to - from)) {
              depth = push(stack, depth, code[pc + Code.TARGET], at, trailLength, IS_CHOICE);
              pc += Code.COLUMNS;
              continue;
            }
          }
          case Instruction.REPEAT -> {
            repeatStart = Match.NOTHING;
            if ((code[pc + Code.WHAT] & Code.MAY_BE_NONE) != 0) {
              depth = push(stack, depth, pc, at, trailLength, Match.NOTHING);
              trailLength = note(trail, trailLength, code, pc, Match.NOTHING, Match.NOTHING);
              repeatStart = IS_CHOICE;
              pc += Code.COLUMNS;
              continue;
            }
          }
          case Instruction.JUMP -> {
            pc = code[pc + Code.TARGET];
            continue;
          }
          case Instruction.BRANCH -> {
            start = Ascii.skipSpace(bytes, at, to);
            steps += (start - at) / BYTES_A_STEP;
            int branch = code[pc + Code.NUMBER];
            depth = program.branches.open(branch, bytes, start, to, stack, depth, trailLength);
            end = ELSEWHERE;
          }
          case Instruction.ARRIVE -> {
            if (!Objects.requireNonNull(walk).arrive(code[pc + Code.NUMBER], at, trailLength)) {
              return true;
            }
            if (code[pc + Code.TARGET] > 0) {
              pc = code[pc + Code.TARGET];
              continue;
            }
            end = ELSEWHERE;
          }
          default -> {
            start = Ascii.skipSpace(bytes, at, to);
            steps += (start - at) / BYTES_A_STEP;
            if (start == to) {
              budget.worked(steps);
              match.succeed(trailLength);
              return true;
            }
          }
        }
      }
      if (repeatStart != IS_CHOICE) {
        int next = Ascii.skipSpace(bytes, at, to);
        start = repeatStart == Match.NOTHING ? next : repeatStart;
        end = repeatEnd(code, pc, texts, bytes, next, to, match);
        steps += ((end < 0 ? to : end) - at) / BYTES_A_STEP;
        repeatStart = IS_CHOICE;
        if (end >= 0
            && (failures <= PATIENCE
                || match.enter(code[pc + Code.REPETITION], end - from, to - from))) {
          depth = push(stack, depth, pc, end, trailLength, start);
        } else {
          start = next;
          end = FAIL;
        }
      }
      if (end >= 0) {
        trailLength = note(trail, trailLength, code, pc, start, end);
        at = end;
        pc += Code.COLUMNS;
        continue;
      }
      if (end == FAIL) {
        match.fail(pc / Code.COLUMNS, start);
        failures++;
      }
      if (steps > CHARGE) {
        budget.worked(steps);
        steps = 0;
      }
      if (depth == 0) {
        budget.worked(steps);
        return false;
      }
      depth -= 4;
      pc = stack[depth];
      at = stack[depth + 1];
      trailLength = stack[depth + 2];
      repeatStart = stack[depth + 3];
    }
  }

  /** Where a literal that begins with blanks has to begin: with the last blanks of the text. */
  private static int blankStart(int blanks, int length, int at, int ink) {
    return blanks == length ? at : Math.max(at, ink - blanks);
  }

  private static int tokenEnd(
      int[] code, int pc, byte[] texts, byte[] bytes, int start, int to, Match match) {
    int kind = Code.kind(code[pc + Code.WHAT]);
    int text = code[pc + Code.TEXT];
    int textEnd = code[pc + Code.TEXT_END];
    if (kind == DATETIME) {
      return match.dateEnd(start, to);
    }
    if (kind == UNTIL) {
      int found = match.budget().indexOf(bytes, start, to, texts, text, textEnd);
      return found < 0 ? FAIL : found + textEnd - text;
    }
    return TokenEnds.end(KINDS[kind], texts, text, textEnd, bytes, start, to);
  }

  /** The next end of a repetition that is to grow from {@code next}, or {@link #FAIL}. */
  private static int repeatEnd(
      int[] code, int pc, byte[] texts, byte[] bytes, int next, int to, Match match) {
    if (next >= to) {
      return FAIL;
    }
    int flags = code[pc + Code.WHAT];
    if ((flags & Code.STOPS_AT_END) != 0) {
      return Ascii.trimEnd(bytes, next, to);
    }
    if ((flags & Code.HAS_STOP) == 0) {
      return tokenEnd(code, pc, texts, bytes, next, to, match);
    }
    int searchFrom = Utf8.next(bytes, next, to);
    int found =
        match
            .budget()
            .indexOf(bytes, searchFrom, to, texts, code[pc + Code.TEXT], code[pc + Code.TEXT_END]);
    return found < 0 ? FAIL : Ascii.trimEnd(bytes, searchFrom, found);
  }

  static int push(int[] stack, int depth, int pc, int at, int trailLength, int start) {
    stack[depth] = pc;
    stack[depth + 1] = at;
    stack[depth + 2] = trailLength;
    stack[depth + 3] = start;
    return depth + 4;
  }

  private static int note(int[] trail, int trailLength, int[] code, int pc, int start, int end) {
    int what = code[pc + Code.WHAT];
    int binding = Code.binding(what);
    if (binding < 0) {
      return trailLength;
    }
    trail[trailLength] = binding;
    trail[trailLength + 1] = start;
    // The delimiter of UNTIL is consumed but does not belong to the value.
    boolean cut = Code.kind(what) == UNTIL && end >= 0;
    trail[trailLength + 2] = cut ? end - (code[pc + Code.TEXT_END] - code[pc + Code.TEXT]) : end;
    return trailLength + 3;
  }
}
