package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ListenCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void countsAndEndsAfterSoManyMessages() throws Exception {
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> run("listen", "--tcp", "0", "--quiet", "--max", "2"));
    await().until(() -> err.toString().contains("listening on tcp 127.0.0.1:"));
    String text = err.toString().strip();
    int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    send(port, "one\ntwo\n");
    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.CLEAN);
    await().until(() -> err.toString().contains("messages"));
    assertThat(err.toString()).contains("2 messages, 6 bytes, 1 connections");
  }

  @Test
  void wrongUseIsExplained() {
    assertThat(run("listen")).isEqualTo(ExitCode.USAGE);
    assertThat(run("listen", "--tcp", "1", "--udp", "2")).isEqualTo(ExitCode.USAGE);
    assertThat(run("listen", "--tcp", "0", "--tls")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--tls needs --certificate and --key");
  }

  private static void send(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private int run(String... arguments) {
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
