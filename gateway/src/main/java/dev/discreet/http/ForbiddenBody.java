package dev.discreet.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What is lacking, as a problem (RFC 9457). */
final class ForbiddenBody {
  private static final JsonFactory JSON = new JsonFactory();

  private ForbiddenBody() {}

  static byte[] of(Lacking lacking) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", "Forbidden");
      json.writeNumberField("status", 403);
      json.writeStringField("detail", lacking.detail());
      json.writeStringField("resource", lacking.resource());
      json.writeArrayFieldStart("missingPermissions");
      writeMissing(json, lacking);
      json.writeEndArray();
      writeRequestAccess(json, lacking);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  private static void writeMissing(JsonGenerator json, Lacking lacking) throws IOException {
    if (lacking.alternatives()) {
      json.writeStartObject();
      json.writeArrayFieldStart("anyOf");
    }
    for (String permission : lacking.permissions()) {
      json.writeString(permission);
    }
    if (lacking.alternatives()) {
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeRequestAccess(JsonGenerator json, Lacking lacking) throws IOException {
    if (lacking.contact() == null && lacking.url() == null) {
      return;
    }
    json.writeObjectFieldStart("requestAccess");
    if (lacking.contact() != null) {
      json.writeStringField("contact", lacking.contact());
    }
    if (lacking.url() != null) {
      json.writeStringField("url", lacking.url());
    }
    json.writeEndObject();
  }
}
