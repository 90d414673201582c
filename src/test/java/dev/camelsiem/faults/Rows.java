package dev.camelsiem.faults;

import java.util.ArrayList;
import java.util.List;

/** The matrix. Numbers are those of the design's fault matrix; letters tell variants apart. */
final class Rows {
  static final List<String> NOTHING = List.of();

  private Rows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(KafkaRows.rows());
    rows.addAll(NetworkRows.rows());
    rows.addAll(SiemRows.rows());
    rows.addAll(OwnRows.rows());
    rows.addAll(DiskRows.rows());
    rows.addAll(StoryRows.rows());
    rows.addAll(LongRows.rows());
    rows.addAll(HttpRows.rows());
    rows.addAll(SyslogRows.rows());
    rows.addAll(TlsRows.rows());
    rows.addAll(TailRows.rows());
    rows.addAll(HostileRows.rows());
    rows.addAll(LetterRows.rows());
    return rows;
  }

  /** A row with a short form. */
  static Row row(String id, String fault, List<String> needs, Row.Body body) {
    return new Row(id, fault, needs, true, body);
  }

  /** A row that runs in full only. */
  static Row fullRow(String id, String fault, List<String> needs, Row.Body body) {
    return new Row(id, fault, needs, false, body);
  }

  /** Numbers of events at which something happens, in order, none in the first or last tenth. */
  static int[] points(Scene scene, int events, int times) {
    return scene.random.ints(times, events / 10, events - events / 10).sorted().toArray();
  }
}
