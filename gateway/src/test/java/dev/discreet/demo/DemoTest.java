package dev.discreet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.discreet.config.ConfigLoader;
import dev.discreet.config.LoadResult;
import dev.discreet.identity.KeyFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoTest {
  private final List<String> log = new CopyOnWriteArrayList<>();

  private static HttpResponse<String> send(String method, String url, String body)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url))
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void itsConfigurationHasNoProblem() {
    assertThat(ConfigLoader.load(Path.of("../config"), Map.of(), KeyFiles::isKeySet))
        .isInstanceOfSatisfying(
            LoadResult.Loaded.class, loaded -> assertThat(loaded.warnings()).isEmpty());
  }

  @Test
  void theTourVisitsEveryRow() {
    assertThat(Tour.steps().stream().map(Tour.Step::row).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "0", "1", "1b", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
  }

  @Test
  void aStepIsALineToPaste() {
    assertThat(Tour.steps().getFirst().curl("http://g"))
        .isEqualTo("curl -i -X TRACE http://g/accounts/a1/documents/42");
    assertThat(new Tour.Step("8", "", "lena", "DELETE", "/x").curl("http://g"))
        .isEqualTo(
            "curl -i -X DELETE -H \"Authorization: Bearer $(./discreet token --as lena)\""
                + " http://g/x");
  }

  @Test
  void theApiReallyChanges() throws Exception {
    try (DemoApi api = new DemoApi(0, log::add)) {
      String document = api.url() + "/accounts/a1/documents/42";
      assertThat(send("GET", document, "").body()).isEqualTo("[\"42\",\"Lease\"]");
      assertThat(send("PUT", document, "Will").statusCode()).isEqualTo(204);
      assertThat(send("GET", document, "").body()).isEqualTo("[\"42\",\"Will\"]");
      assertThat(send("DELETE", document, "").statusCode()).isEqualTo(204);
      assertThat(send("GET", document, "").statusCode()).isEqualTo(404);
      HttpResponse<String> created = send("POST", api.url() + "/accounts/a1/documents", "New");
      assertThat(created.statusCode()).isEqualTo(201);
      String location = created.headers().firstValue("location").orElseThrow();
      assertThat(send("GET", api.url() + location, "").statusCode()).isEqualTo(200);
      assertThat(api.reached()).hasSize(7).first().isEqualTo("GET /accounts/a1/documents/42");
      assertThat(log).hasSize(7);
    }
  }

  @Test
  void theIdentityServerGivesAnybodysTokenAndNamesWhomItKnows() throws Exception {
    try (DemoIdentityServer identity = new DemoIdentityServer(0, 9403)) {
      String form = "grant_type=password&username=";
      HttpResponse<String> known = send("POST", identity.issuer() + "/token", form + "alice");
      assertThat(known.statusCode()).isEqualTo(200);
      HttpResponse<String> unknown = send("POST", identity.issuer() + "/token", form + "mallory");
      assertThat(unknown.statusCode()).isEqualTo(400);
      assertThat(unknown.body()).contains("alice, lena, edda, oscar, sam, carol, pia");
      assertThat(send("GET", identity.issuer() + "/certs", "").body()).contains("\"kid\":\"demo\"");
      SignedJWT token = SignedJWT.parse(identity.tokenOf(Person.ALICE));
      assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(identity.issuer());
      assertThat(token.getJWTClaimsSet().getStringClaim("account")).isEqualTo("a1");
    }
  }
}
