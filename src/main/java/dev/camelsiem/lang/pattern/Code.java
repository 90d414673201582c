package dev.camelsiem.lang.pattern;

/**
 * The instructions of a format in two arrays: with thousands of rules most events meet one whose
 * memory is in no cache, so that it has to be little and lie together.
 */
final class Code {
  // Columns of an instruction.

  /** What it is: operation, kind of token, flags and binding, as the methods below take them. */
  static final int WHAT = 0;

  /** Where its text begins in {@link #texts}, and where it ends. */
  static final int TEXT = 1;

  static final int TEXT_END = 2;

  /** Number of a choice, a branch or a node, which have no text. */
  static final int NUMBER = 1;

  /** Where a choice, a jump or an arrival leads; 0 for an arrival that is an end. */
  static final int TARGET = 3;

  /** For a literal, how many blanks it begins with. */
  static final int BLANKS = 3;

  /** For a repetition, its number as a choice. */
  static final int REPETITION = 3;

  static final int COLUMNS = 4;

  // Bits that say how to repeat.
  static final int MAY_BE_NONE = 1 << 9;
  static final int STOPS_AT_END = 1 << 10;

  /** Its text is the literal that follows it, which can be searched for. */
  static final int HAS_STOP = 1 << 11;

  private static final int KIND_SHIFT = 4;
  private static final int KIND_MASK = 31;
  private static final int BINDING_SHIFT = 12;

  final int[] cells;
  final byte[] texts;
  final Branches branches;

  Code(Instruction[] instructions) {
    this(instructions, Branches.NONE);
  }

  Code(Instruction[] instructions, Branches branches) {
    this.branches = branches;
    cells = new int[instructions.length * COLUMNS];
    TextPool pool = new TextPool();
    for (int i = 0; i < instructions.length; i++) {
      put(instructions[i], i * COLUMNS, pool);
    }
    texts = pool.toBytes();
  }

  private void put(Instruction instruction, int at, TextPool pool) {
    cells[at + WHAT] = what(instruction);
    switch (instruction.op) {
      case Instruction.CHOICE, Instruction.JUMP, Instruction.BRANCH, Instruction.ARRIVE -> {
        cells[at + NUMBER] = instruction.choice;
        cells[at + TARGET] = instruction.target * COLUMNS;
      }
      default -> {
        byte[] text = instruction.stop == null ? instruction.text : instruction.stop;
        cells[at + TEXT] = pool.add(text);
        cells[at + TEXT_END] = cells[at + TEXT] + text.length;
        cells[at + BLANKS] =
            instruction.op == Instruction.REPEAT ? instruction.choice : instruction.blanks;
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // the table lives no longer than the enum
  private static int what(Instruction instruction) {
    return instruction.op
        | instruction.kind.ordinal() << KIND_SHIFT
        | (instruction.mayBeNone ? MAY_BE_NONE : 0)
        | (instruction.stopsAtEnd ? STOPS_AT_END : 0)
        | (instruction.stop == null ? 0 : HAS_STOP)
        | instruction.binding + 1 << BINDING_SHIFT;
  }

  static int op(int what) {
    return what & (1 << KIND_SHIFT) - 1;
  }

  /** The ordinal number of the kind of a token. */
  static int kind(int what) {
    return what >> KIND_SHIFT & KIND_MASK;
  }

  /** The index of the binding, or -1. */
  static int binding(int what) {
    return (what >> BINDING_SHIFT) - 1;
  }
}
