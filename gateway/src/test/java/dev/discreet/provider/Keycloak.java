package dev.discreet.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.discreet.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Keycloak in a process of its own, on a loopback port that stays the same, with a database of
 * its own and the realm of {@code keycloak/main-realm.json}.
 */
final class Keycloak implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final String SECRET = "bootstrap-secret";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path home;
  private final Path database;
  private final int port;
  private @Nullable Process process;

  /**
   * Prepares it.
   *
   * @param home where its distribution is
   * @param database an empty folder
   */
  Keycloak(Path home, Path database) throws IOException {
    this.home = home;
    this.database = database;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path realm = home.resolve("data/import/main-realm.json");
    Files.createDirectories(realm.getParent());
    Files.copy(
        Path.of("src/test/resources/keycloak/main-realm.json"),
        realm,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Starts it; returns once it answers. */
  void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--db-url=jdbc:h2:file:" + database + "/keycloak;NON_KEYWORDS=VALUE;WRITE_DELAY=0");
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    environment.put("KC_BOOTSTRAP_ADMIN_CLIENT_ID", "bootstrap");
    environment.put("KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", SECRET);
    Path log = home.resolveSibling("keycloak.log");
    Process started =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    Eventually.holds(
        "Keycloak answers; see " + log,
        START,
        () -> {
          if (!started.isAlive()) {
            throw new IOException("it ended");
          }
          return answers();
        });
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/.well-known/openid-configuration").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(issuer() + path)).build(), BodyHandlers.ofString());
  }

  /** Ends it, as a machine that fails would. */
  void kill() {
    Process running = process;
    if (running != null) {
      for (ProcessHandle each : running.descendants().toList()) {
        each.destroyForcibly();
        each.onExit().join();
      }
      running.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** {@return its {@code iss}} */
  String issuer() {
    return url() + "/realms/main";
  }

  /** {@return where it is, without a path} */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** {@return an access token of a user, whom {@code client} has asked for the password} */
  String userToken(String client, String user) throws IOException, InterruptedException {
    return accessToken(issuer(), passwordGrant(client, user));
  }

  /** {@return the parameters that ask for a user's token by the password} */
  static Map<String, String> passwordGrant(String client, String user) {
    return Map.of(
        "grant_type",
        "password",
        "client_id",
        client,
        "username",
        user,
        "password",
        user + "-password");
  }

  /** {@return an access token of the service account of {@code reporting}} */
  String serviceToken() throws IOException, InterruptedException {
    return clientToken(issuer(), "reporting", "reporting-secret");
  }

  /** {@return an access token that may administer it} */
  String adminToken() throws IOException, InterruptedException {
    return clientToken(url() + "/realms/master", "bootstrap", SECRET);
  }

  private String clientToken(String issuer, String client, String secret)
      throws IOException, InterruptedException {
    return accessToken(
        issuer,
        Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  private String accessToken(String issuer, Map<String, String> form)
      throws IOException, InterruptedException {
    return text(post(issuer, "token", form), "access_token");
  }

  /** {@return what an endpoint of {@code issuer} answers to a form with further headers} */
  HttpResponse<String> post(
      String issuer, String endpoint, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    URI url = URI.create(issuer + "/protocol/openid-connect/" + endpoint);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** {@return the answer to a request} */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** {@return a member of the JSON object that an answer with 200 holds} */
  static String text(HttpResponse<String> answer, String member) {
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer + ": " + answer.body());
    }
    try {
      return String.valueOf(JSONObjectUtils.parse(answer.body()).get(member));
    } catch (ParseException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  @Override
  public void close() {
    kill();
    http.close();
  }
}
