package dev.discreet.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.config.GatewayConfig;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.ResourceMetadata;
import dev.discreet.config.TokenSource;
import dev.discreet.telemetry.DecisionLabel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The document that tells clients how to get a token (RFC 9728 §2, §3.2). */
final class MetadataDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private MetadataDocument() {}

  static Answer of(GatewayConfig config, ResourceMetadata metadata) {
    return new Answer(
        HttpResponseStatus.OK,
        List.of(),
        "application/json",
        body(config, metadata),
        null,
        false,
        Outcome.of(DecisionLabel.LOCAL, (String) null, "resource metadata"));
  }

  private static byte[] body(GatewayConfig config, ResourceMetadata metadata) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("resource", metadata.resource().toString());
      List<String> issuers =
          config.issuers().values().stream().map(IssuerConfig::issuer).sorted().toList();
      // A member without values is left out (RFC 9728 §3.2).
      if (!issuers.isEmpty()) {
        list(json, "authorization_servers", issuers);
      }
      proofs(json, config);
      for (Map.Entry<String, Object> member : metadata.members().entrySet()) {
        if (member.getValue() instanceof List<?> texts) {
          list(json, member.getKey(), texts);
        } else {
          json.writeStringField(member.getKey(), String.valueOf(member.getValue()));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** What a client must prove, and how; what is the same as nothing said is not said. */
  private static void proofs(JsonGenerator json, GatewayConfig config) throws IOException {
    boolean bearer =
        config.tokenFrom().contains(new TokenSource.Bearer()) && !config.requiresProofs();
    list(json, "bearer_methods_supported", bearer ? List.of("header") : List.of());
    List<String> algorithms = List.copyOf(config.proofAlgorithms());
    if (!algorithms.isEmpty()) {
      list(json, "dpop_signing_alg_values_supported", algorithms);
    }
    if (config.requiresProofs()) {
      json.writeBooleanField("dpop_bound_access_tokens_required", true);
    }
    if (config.asksClients() && !config.issuers().isEmpty()) {
      json.writeBooleanField("tls_client_certificate_bound_access_tokens", true);
    }
  }

  private static void list(JsonGenerator json, String name, List<?> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (Object text : texts) {
      json.writeString(String.valueOf(text));
    }
    json.writeEndArray();
  }
}
