package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.pattern.PatternNode.Group;
import dev.camelsiem.lang.pattern.PatternNode.Item;
import dev.camelsiem.lang.pattern.PatternNode.Lexeme;
import dev.camelsiem.lang.pattern.PatternNode.Repeat;
import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns the nodes of a format into instructions; control only ever moves forward in them. */
final class PatternCompiler {
  private final List<Instruction> program = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int choices;

  Instruction[] compile(List<PatternNode> nodes, Span whole) {
    for (PatternNode node : nodes) {
      starts.add(program.size());
      if (node instanceof Lexeme lexeme) {
        program.add(Instruction.literal(bytes(lexeme.text()), -1, lexeme.span()));
      } else if (node instanceof Group group) {
        group(group);
      } else if (node instanceof Item item) {
        item(item);
      }
    }
    starts.add(program.size());
    program.add(Instruction.flow(Instruction.END, new Span(whole.to(), whole.to())));
    Instruction[] instructions = program.toArray(Instruction[]::new);
    for (int i = 0; i < instructions.length; i++) {
      linkStop(instructions, i);
    }
    return instructions;
  }

  /** Where the instructions of each lexeme and group begin, and where the last of them ends. */
  int[] starts() {
    return starts.stream().mapToInt(i -> i).toArray();
  }

  /** How many choices and repetitions the program has: the depth of its stack. */
  int choices() {
    return choices;
  }

  private void group(Group group) {
    List<List<Item>> alternatives = new ArrayList<>(group.alternatives());
    if (group.optional()) {
      alternatives.add(List.of());
    }
    List<Instruction> exits = new ArrayList<>();
    for (int i = 0; i < alternatives.size(); i++) {
      boolean last = i == alternatives.size() - 1;
      Instruction choice = Instruction.flow(Instruction.CHOICE, group.span());
      if (!last) {
        choice.choice = choices++;
        program.add(choice);
      }
      alternatives.get(i).forEach(this::item);
      if (!last) {
        Instruction exit = Instruction.flow(Instruction.JUMP, group.span());
        program.add(exit);
        exits.add(exit);
        choice.target = program.size();
      }
    }
    exits.forEach(exit -> exit.target = program.size());
  }

  private void item(Item item) {
    boolean quoted = item.kind() == TokenKind.QUOTED;
    byte[] argument =
        quoted || item.kind() == TokenKind.UNTIL ? bytes(item.arguments().get(0)) : new byte[0];
    if (item.repeat() != Repeat.ONCE) {
      boolean mayBeNone = item.repeat() == Repeat.ANY;
      Instruction repeat =
          Instruction.repeat(item.kind(), argument, item.binding(), mayBeNone, item.span());
      repeat.choice = choices++;
      program.add(repeat);
    } else if (quoted) {
      program.add(Instruction.literal(argument, item.binding(), item.span()));
    } else {
      program.add(Instruction.token(item.kind(), argument, item.binding(), item.span()));
    }
  }

  /** A run of any characters can look for what follows it instead of trying every end. */
  private static void linkStop(Instruction[] program, int index) {
    Instruction repeat = program[index];
    if (repeat.op != Instruction.REPEAT || repeat.kind != TokenKind.LITERAL) {
      return;
    }
    int next = index + 1;
    while (program[next].op == Instruction.JUMP) {
      next = program[next].target;
    }
    Instruction follower = program[next];
    if (follower.op == Instruction.END) {
      repeat.stopsAtEnd = true;
    } else if (follower.op == Instruction.LITERAL && !Ascii.isSpace(follower.text[0])) {
      repeat.stop = follower.text;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
