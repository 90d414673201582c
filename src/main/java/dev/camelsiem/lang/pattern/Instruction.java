package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One step of a compiled format. Immutable but for what {@link PatternCompiler} links. */
final class Instruction {
  /** Blanks, then the exact bytes of {@link #text}. */
  static final int LITERAL = 0;

  /** Blanks, then one token. */
  static final int TOKEN = 1;

  /** A token several times, fewest first. */
  static final int REPEAT = 2;

  /** Goes on; when that fails, at {@link #target}. */
  static final int CHOICE = 3;

  /** Goes on at {@link #target}. */
  static final int JUMP = 4;

  /** Blanks, then the end of the text. */
  static final int END = 5;

  /** Blanks, then one of many literals; goes on where each leads. For {@link PatternTree}. */
  static final int BRANCH = 6;

  /** Notes that the text has come here, which is an end for some patterns of a tree. */
  static final int ARRIVE = 7;

  private static final byte[] NOTHING = {};

  final int op;
  final TokenKind kind;
  final byte[] text;
  final int binding;
  final boolean mayBeNone;
  final Span span;

  /** How many blanks {@link #text} begins with. */
  final int blanks;

  /** Where a choice or jump leads. */
  int target;

  /** Number of a choice or repetition, for remembering where it failed. */
  int choice = -1;

  /** For a run of characters: the literal that must follow it, so that it can be searched for. */
  byte @Nullable [] stop;

  /** For a run of characters: true when nothing follows it. */
  boolean stopsAtEnd;

  /**
   * The same in another program.
   *
   * @param moved how much further behind it stands there
   */
  Instruction copy(int moved) {
    Instruction copy = new Instruction(op, kind, text, binding, mayBeNone, span);
    copy.choice = choice;
    copy.target = target + moved;
    copy.stop = stop;
    copy.stopsAtEnd = stopsAtEnd;
    return copy;
  }

  private Instruction(
      int op, TokenKind kind, byte[] text, int binding, boolean mayBeNone, Span span) {
    this.op = op;
    this.kind = kind;
    this.text = text;
    this.binding = binding;
    this.mayBeNone = mayBeNone;
    this.span = span;
    this.blanks = Ascii.skipSpace(text, 0, text.length);
  }

  static Instruction literal(byte[] text, int binding, Span span) {
    return new Instruction(LITERAL, TokenKind.QUOTED, text, binding, false, span);
  }

  static Instruction token(TokenKind kind, byte[] argument, int binding, Span span) {
    return new Instruction(TOKEN, kind, argument, binding, false, span);
  }

  static Instruction repeat(
      TokenKind kind, byte[] argument, int binding, boolean mayBeNone, Span span) {
    return new Instruction(REPEAT, kind, argument, binding, mayBeNone, span);
  }

  static Instruction flow(int op, Span span) {
    return new Instruction(op, TokenKind.QUOTED, NOTHING, -1, false, span);
  }

  /** What had to stand in the text here, in words. */
  String expected() {
    return switch (op) {
      case LITERAL -> "the text `" + string(text) + "`";
      case END -> "the end of the text";
      default -> {
        String what = kind == TokenKind.QUOTED ? "the text `" + string(text) + "`" : words();
        yield stop == null ? what : what + " up to `" + string(stop) + "`";
      }
    };
  }

  private String words() {
    return kind == TokenKind.UNTIL
        ? "text up to `" + string(text) + "`"
        : kind.description() + " (" + kind.name() + ")";
  }

  private static String string(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
