package dev.camelsiem.flow.describe;

import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.text.ByteOutput;
import java.util.List;

/**
 * Writes normalized events as JSON with the members of {@link DescribedField} among their fields. A
 * field of such a name gives way. Not thread-safe.
 */
public final class DescribedJson {
  private final DescribedField[] added;
  private final byte[][] members;
  private final ByteOutput sentence;
  private boolean own;

  /**
   * @param longest bytes of a sentence
   */
  public DescribedJson(Describe languages, int longest) {
    List<DescribedField> fields = DescribedField.in(languages);
    this.added = fields.toArray(DescribedField[]::new);
    this.members =
        fields.stream().map(each -> JsonWriter.memberName(each.field())).toArray(byte[][]::new);
    this.sentence = new ByteOutput(256, longest);
  }

  /**
   * Appends the event that the rule of the descriptions has just left in the frame.
   *
   * @throws dev.camelsiem.text.OutputFull when the output or a sentence is too long
   */
  public void write(Descriptions descriptions, Frame frame, ByteOutput out) {
    Description chosen = descriptions.choose(frame);
    own = true;
    out.put('{');
    boolean first = true;
    int from = 0;
    for (int i = 0; i < added.length; i++) {
      int at = descriptions.memberSlot(added[i]);
      int before = at < 0 ? -at - 1 : at;
      first = frame.writeMembers(out, from, before, first);
      if (!first) {
        out.put(',');
      }
      first = false;
      out.put(members[i]);
      write(chosen.in(added[i].language()), added[i].isSentence(), frame, out);
      from = at < 0 ? before : at + 1;
    }
    frame.writeMembers(out, from, frame.fieldCount(), first);
    out.put('}');
  }

  private void write(Sentence chosen, boolean whole, Frame frame, ByteOutput out) {
    own &= chosen.isOwn();
    if (!whole) {
      JsonWriter.string(out, chosen.name());
      return;
    }
    sentence.clear();
    chosen.write(frame, sentence);
    JsonWriter.string(out, sentence.array(), 0, sentence.length());
  }

  /** False when the last event has a default sentence. */
  public boolean wasOwn() {
    return own;
  }
}
