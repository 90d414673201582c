package dev.camelsiem.flow.syslog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a reader found, as text; bytes as Latin-1 where they must stay apart. */
class FoundFrames implements Frames {
  final List<String> found = new ArrayList<>();
  private final java.nio.charset.Charset charset;

  /** So many are taken at a time; 0 for any number. */
  private int atATime;

  private int taken;

  FoundFrames() {
    this(StandardCharsets.UTF_8);
  }

  FoundFrames(java.nio.charset.Charset charset) {
    this.charset = charset;
  }

  FoundFrames atATime(int frames) {
    atATime = frames;
    return this;
  }

  /** There is room again. */
  void proceed() {
    taken = 0;
  }

  @Override
  public void frame(byte[] bytes, int from, int to) {
    taken++;
    found.add(text(bytes, from, to));
  }

  @Override
  public void oversized(byte[] firstBytes, long length) {
    found.add("oversized " + length + ": " + text(firstBytes, 0, firstBytes.length));
  }

  @Override
  public void givenUp(byte[] firstBytes, long length) {
    found.add("given up " + length + ": " + text(firstBytes, 0, firstBytes.length));
  }

  @Override
  public void broken(byte[] firstBytes, String why) {
    found.add("broken: " + why);
  }

  @Override
  public boolean isFull() {
    return atATime > 0 && taken >= atATime;
  }

  private String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, charset);
  }
}
