package dev.camelsiem.lang.pattern;

import dev.camelsiem.text.ByteOutput;

/**
 * The instructions of a format in two arrays: with thousands of rules most events meet one whose
 * memory is in no cache, and what lies together is fetched together.
 */
final class Code {
  // Columns of an instruction.
  static final int OP = 0;
  static final int KIND = 1;

  /** Where its text begins in {@link #texts}, and where it ends. */
  static final int TEXT = 2;

  static final int TEXT_END = 3;

  /** Index of its binding, or -1. */
  static final int BINDING = 4;

  /** Where a choice or jump leads; for a literal, how many blanks it begins with. */
  static final int TARGET = 5;

  /** Number of a choice, a repetition, a branch or a node. */
  static final int CHOICE = 6;

  /** Bits that say how to repeat. */
  static final int FLAGS = 7;

  static final int COLUMNS = 8;

  static final int MAY_BE_NONE = 1;
  static final int STOPS_AT_END = 2;

  /** Its text is the literal that follows it, which can be searched for. */
  static final int HAS_STOP = 4;

  final int[] cells;
  final byte[] texts;
  final Branches branches;

  Code(Instruction[] instructions) {
    this(instructions, Branches.NONE);
  }

  @SuppressWarnings("EnumOrdinal") // the table lives no longer than the enum
  Code(Instruction[] instructions, Branches branches) {
    this.branches = branches;
    cells = new int[instructions.length * COLUMNS];
    ByteOutput all = new ByteOutput(64);
    for (int i = 0; i < instructions.length; i++) {
      Instruction instruction = instructions[i];
      byte[] text = instruction.stop == null ? instruction.text : instruction.stop;
      int at = i * COLUMNS;
      cells[at + OP] = instruction.op;
      cells[at + KIND] = instruction.kind.ordinal();
      cells[at + TEXT] = all.length();
      cells[at + TEXT_END] = all.length() + text.length;
      cells[at + BINDING] = instruction.binding;
      cells[at + TARGET] =
          instruction.op == Instruction.LITERAL ? instruction.blanks : instruction.target * COLUMNS;
      cells[at + CHOICE] = instruction.choice;
      cells[at + FLAGS] = flags(instruction);
      all.put(text);
    }
    texts = all.toBytes();
  }

  private static int flags(Instruction instruction) {
    return (instruction.mayBeNone ? MAY_BE_NONE : 0)
        | (instruction.stopsAtEnd ? STOPS_AT_END : 0)
        | (instruction.stop == null ? 0 : HAS_STOP);
  }
}
