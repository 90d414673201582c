package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.ByteOutput;
import dev.camelsiem.lang.value.JsonOutput;
import java.util.List;

/**
 * Writes normalized events as JSON with the members {@code description.en} and {@code
 * description.ru} among their fields. A field of such a name gives way. Not thread-safe.
 */
public final class DescribedJson {
  private final Language[] languages;
  private final byte[][] members;
  private final ByteOutput sentence;
  private boolean own;

  /**
   * @param languages in the order of their members
   * @param longest bytes of a sentence
   */
  public DescribedJson(List<Language> languages, int longest) {
    this.languages = languages.toArray(new Language[0]);
    this.members =
        languages.stream().map(l -> JsonOutput.memberName(l.member())).toArray(byte[][]::new);
    this.sentence = new ByteOutput(256, longest);
  }

  /**
   * Appends the event that the rule of the descriptions has just left in the frame.
   *
   * @throws dev.camelsiem.lang.value.BudgetExceeded when the output or a sentence is too long
   */
  public void write(Descriptions descriptions, Frame frame, ByteOutput out) {
    Description chosen = descriptions.choose(frame);
    own = true;
    out.put('{');
    boolean first = true;
    int from = 0;
    for (int i = 0; i < languages.length; i++) {
      int at = descriptions.memberSlot(languages[i]);
      int before = at < 0 ? -at - 1 : at;
      first = frame.writeMembers(out, from, before, first);
      if (!first) {
        out.put(',');
      }
      first = false;
      out.put(members[i]);
      write(chosen.in(languages[i]), frame, out);
      from = at < 0 ? before : at + 1;
    }
    frame.writeMembers(out, from, frame.fieldCount(), first);
    out.put('}');
  }

  private void write(Sentence chosen, Frame frame, ByteOutput out) {
    sentence.clear();
    chosen.write(frame, sentence);
    JsonOutput.string(out, sentence.array(), 0, sentence.length());
    own &= chosen.isOwn();
  }

  /** False when the last event has a default sentence. */
  public boolean wasOwn() {
    return own;
  }
}
