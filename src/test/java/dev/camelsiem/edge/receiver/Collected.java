package dev.camelsiem.edge.receiver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it gets, for tests. */
public final class Collected implements MessageSink {
  private final List<String> messages = new ArrayList<>();
  private final List<String> unfinished = new ArrayList<>();

  @Override
  public synchronized void message(byte[] bytes, int from, int to) {
    messages.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void unfinished(byte[] bytes, int from, int to) {
    unfinished.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  /** Whole messages in the order of their arrival. */
  public synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** The same, each once. */
  public List<String> distinct() {
    return messages().stream().distinct().toList();
  }

  public synchronized int count() {
    return messages.size();
  }

  public synchronized List<String> unfinished() {
    return List.copyOf(unfinished);
  }
}
