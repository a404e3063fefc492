package dev.discreet.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The demo's API and identity server, and a tour of what the gateway in front of them answers. */
public final class Demo implements AutoCloseable {
  private static final int IDENTITY_PORT = 9400;
  private static final int API_PORT = 9401;

  /** Where `partner` of the demo's configuration would be: nothing listens there. */
  private static final int ABSENT_PORT = 9403;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DemoApi api;
  private final DemoIdentityServer identity;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PATIENCE)
          .build();

  private Demo(DemoApi api, DemoIdentityServer identity) {
    this.api = api;
    this.identity = identity;
  }

  /**
   * Starts both, on the ports that {@code config/} names.
   *
   * @param log is told every request that reaches the API
   * @throws IOException if a port can't be had; the message names it
   */
  public static Demo start(Consumer<String> log) throws IOException {
    DemoApi api = new DemoApi(API_PORT, log);
    try {
      return new Demo(api, new DemoIdentityServer(IDENTITY_PORT, ABSENT_PORT));
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  /**
   * Makes every request of the tour.
   *
   * @param gateway where it serves callers
   * @return a screen of requests and what each answered
   * @throws IOException if the gateway does not answer
   */
  public String screen(InetSocketAddress gateway) throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + gateway.getPort();
    StringBuilder screen = new StringBuilder();
    screen.append("\nDiscreet stands at ").append(url).append(" in front of an API at ");
    screen.append(api.url()).append(".\n");
    screen.append("401 who are you · 403 what you lack · 404 nothing here for you to know\n");
    for (Tour.Step step : Tour.steps()) {
      show(screen, step, url);
    }
    screen.append("\nPaste any of them into another terminal, in this folder; Ctrl-C ends it.\n");
    return screen.toString();
  }

  private void show(StringBuilder screen, Tour.Step step, String url)
      throws IOException, InterruptedException {
    api.reached();
    HttpResponse<String> answer = ask(step, url);
    List<String> reached = api.reached();
    screen.append("\nrow ").append(step.row()).append(": ").append(step.point()).append('\n');
    screen.append("  ").append(step.curl(url)).append('\n');
    screen.append("    ").append(answer.statusCode());
    answer
        .headers()
        .firstValue("allow")
        .ifPresent(allow -> screen.append(" Allow: ").append(allow));
    screen.append(' ').append(answer.body().strip()).append('\n');
    screen.append("    the API saw: ");
    screen.append(reached.isEmpty() ? "nothing" : String.join(", ", reached)).append('\n');
  }

  private HttpResponse<String> ask(Tour.Step step, String url)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + step.path()))
            .timeout(PATIENCE)
            .method(step.method(), HttpRequest.BodyPublishers.noBody());
    String as = step.as();
    if (as != null) {
      Person person = Person.named(as);
      String token = person == null ? as : identity.tokenOf(person);
      request.header("authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    identity.close();
    api.close();
  }
}
