package dev.discreet.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The token endpoint of the demo's identity server (RFC 6749 §3.2). */
final class DemoTokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final JsonFactory JSON = new JsonFactory();

  private final URI endpoint;

  DemoTokens(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Fetches a token.
   *
   * @param name whose
   * @throws CommandFailed if the demo does not run, or does not know {@code name}
   */
  String of(String name) throws CommandFailed, InterruptedException {
    HttpResponse<String> response = ask(name);
    try {
      if (response.statusCode() == 200) {
        String token = member(response.body(), "access_token");
        if (token != null) {
          return token;
        }
      } else if (response.statusCode() == 400) {
        String why = member(response.body(), "error_description");
        if (why != null) {
          throw new CommandFailed(CommandFailed.WRONG_USE, why);
        }
      }
    } catch (IOException e) {
      throw notTheDemo(response, e);
    }
    throw notTheDemo(response, null);
  }

  private HttpResponse<String> ask(String name) throws CommandFailed, InterruptedException {
    String form = "grant_type=password&username=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(TIMEOUT)
            .build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailed(
          CommandFailed.FAILURE,
          "nothing answers at %s. Is the demo running? Start it: ./discreet demo"
              .formatted(endpoint),
          e);
    }
  }

  private CommandFailed notTheDemo(HttpResponse<String> response, @Nullable IOException cause) {
    return new CommandFailed(
        CommandFailed.FAILURE,
        "what answers at %s (status %d) is not the demo's identity server"
            .formatted(endpoint, response.statusCode()),
        cause);
  }

  /** {@return the text of a member at the top of an object, or null} */
  private static @Nullable String member(String json, String name) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = name.equals(parser.currentName());
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          return parser.getText();
        }
        parser.skipChildren();
      }
      return null;
    }
  }
}
