package dev.discreet.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** What an administrator does to the keys of the realm, by Keycloak's admin REST API. */
final class KeycloakAdmin {
  private final Keycloak keycloak;
  private int priority = 100;

  KeycloakAdmin(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  /** Adds an RSA key that signs from now on; {@return where its component is} */
  URI rotate() throws IOException, InterruptedException {
    priority++;
    String component =
        """
        {"name": "rsa-%d", "providerId": "rsa-generated",
         "providerType": "org.keycloak.keys.KeyProvider",
         "config": {"priority": ["%d"], "enabled": ["true"], "active": ["true"]}}
        """
            .formatted(priority, priority);
    HttpResponse<String> answer =
        keycloak.send(
            request(URI.create(keycloak.url() + "/admin/realms/main/components"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(component)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return URI.create(answer.headers().firstValue("location").orElseThrow());
  }

  /** Takes a key out of the realm and its key set. */
  void remove(URI key) throws IOException, InterruptedException {
    HttpResponse<String> answer = keycloak.send(request(key).DELETE());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private HttpRequest.Builder request(URI url) throws IOException, InterruptedException {
    return HttpRequest.newBuilder(url).header("authorization", "Bearer " + keycloak.adminToken());
  }
}
