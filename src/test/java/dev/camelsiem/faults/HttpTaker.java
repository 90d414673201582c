package dev.camelsiem.faults;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Posts events to a worker, again and again until it has taken them. */
final class HttpTaker implements Load.Taker {
  private static final int ACCEPTED = 202;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Worker worker;
  private final String target;
  private final Map<String, String> headers;
  private Proc asked;
  private int port;
  private boolean unanswered;
  private final AtomicInteger again = new AtomicInteger();

  HttpTaker(Worker worker) {
    this(worker, "/events", Map.of());
  }

  /**
   * One that says more than it must.
   *
   * @param target path and query
   * @param headers beside those of the client
   */
  HttpTaker(Worker worker, String target, Map<String, String> headers) {
    this.worker = worker;
    this.target = target;
    this.headers = headers;
  }

  @Override
  public void take(String lines, int events) throws InterruptedException {
    unanswered = false;
    while (!taken(lines)) {
      again.addAndGet(unanswered ? events : 0);
      unanswered = false;
      Thread.sleep(50);
    }
  }

  @Override
  public int again() {
    return again.get();
  }

  private boolean taken(String lines) throws InterruptedException {
    Proc process = worker.process();
    if (process == null || !process.alive()) {
      return false;
    }
    try {
      if (process != asked) {
        port = process.awaitPort();
        asked = process;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString(lines));
      headers.forEach(request::header);
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode()
          == ACCEPTED;
    } catch (ConnectException e) {
      return false;
    } catch (IOException | IllegalStateException e) {
      // It was stopped or killed under the request: what had no answer is sent again.
      unanswered = true;
      return false;
    }
  }
}
