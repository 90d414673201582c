package dev.camelsiem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge sees what it is there to see. */
class FaultJudgeTest {
  private final Seen seen = new Seen();

  @TempDir Path folder;

  @Test
  void countsRepeatsAndDisorder() {
    for (int number : new int[] {0, 1, 3, 2, 2, 5}) {
      seen.line(line(number), 0);
    }
    assertThat(seen.distinct()).isEqualTo(5);
    assertThat(seen.repeats()).isEqualTo(1);
    assertThat(seen.outOfOrder()).isEqualTo(1);
    assertThat(seen.times(4)).isZero();
    assertThat(seen.corrupted()).isZero();
  }

  @Test
  void tellsDamageFromAnEndWithinALine() {
    seen.line(line(0), 0);
    seen.line(line(1).replace("suser=1.", "suser=2."), 0);
    seen.line("something else", 0);
    seen.line(line(2).substring(0, 30), 0);
    assertThat(seen.corrupted()).isEqualTo(2);
    assertThat(seen.torn()).isEqualTo(1);
    assertThat(seen.distinct()).isEqualTo(1);
  }

  @Test
  void seesThatAnotherFieldChanged() {
    seen.line(line(0), 0);
    seen.line(line(100).replace("ADM", "API"), 0);
    seen.line(line(1).replace("Success", "Succes"), 0);
    assertThat(seen.corrupted()).isEqualTo(1);
  }

  @Test
  void measuresTheLagOfFirstSights() {
    seen.line(line(0), 1_250);
    seen.line(line(0), 9_000);
    assertThat(seen.worstLag()).isEqualTo(250);
  }

  /** Through a real receiver, which is killed and started again. */
  @Test
  void judgesWhatAReceiverGotInAllItsLives() throws Exception {
    try (Receiver receiver = new Receiver("siem", Receiver.Kind.OURS, folder)) {
      receiver.start();
      send(receiver, line(0) + "\n" + line(1) + "\n" + line(2).substring(0, 20));
      org.awaitility.Awaitility.await().until(() -> receiver.seen().torn() == 1);
      receiver.kill();
      int port = receiver.port();
      receiver.start();
      assertThat(receiver.port()).isEqualTo(port);
      send(receiver, line(1) + "\n" + line(4) + "\n" + line(9) + "\n");
      org.awaitility.Awaitility.await().until(() -> receiver.seen().times(9) == 1);

      Expectation expectation = new Expectation(receiver);
      expectation.wanted = number -> number != 4;
      assertThat(expectation.lost(9)).isEqualTo(6);
      assertThat(expectation.problems(9))
          .containsExactly(
              "siem: lost 6, may lose 0",
              "siem: repeated 1, at most 0",
              "siem: 2 that it does not want");
      assertThat(receiver.connections()).isEqualTo(2);
    }
  }

  private static void send(Receiver receiver, String text) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static String line(int number) {
    String json = Events.json(Load.USUAL, number, 1_000, 20);
    int user = json.indexOf("\"user\":\"") + 8;
    return "Feb 18 10:07:28 kcs-0 CEF:0|V|P|1|ADM-001|Administration|3|source=kcs-0 suser="
        + json.substring(user, json.indexOf('"', user))
        + " outcome=Success";
  }
}
