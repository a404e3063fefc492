package dev.discreet.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.policy.Decision;
import dev.discreet.policy.RequestAccess;
import dev.discreet.policy.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a 403 says: what is missing, of what, and whom to ask (SPEC §3; RFC 9457). */
final class ForbiddenBody {
  private static final JsonFactory JSON = new JsonFactory();

  private ForbiddenBody() {}

  static byte[] of(Decision.Forbidden lacking) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", "Forbidden");
      json.writeNumberField("status", 403);
      json.writeStringField("detail", detail(lacking.missing()));
      json.writeStringField("resource", lacking.resource().toString());
      json.writeFieldName("missingPermissions");
      writeMissing(json, lacking.missing());
      writeRequestAccess(json, lacking);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** {@return the scope of the challenge: what is missing; of alternatives, the first} */
  static String scope(Requirement missing) {
    return switch (missing) {
      case Requirement.AllOf all -> String.join(" ", all.permissions());
      case Requirement.AnyOf any -> any.permissions().getFirst();
      case Requirement.Public all -> "";
      case Requirement.Authenticated any -> "";
    };
  }

  private static List<String> names(Requirement missing) {
    return switch (missing) {
      case Requirement.AllOf all -> all.permissions();
      case Requirement.AnyOf any -> any.permissions();
      case Requirement.Public all -> List.of();
      case Requirement.Authenticated any -> List.of();
    };
  }

  private static String detail(Requirement missing) {
    List<String> names = names(missing);
    String noun = names.size() == 1 ? "the permission " : "the permissions ";
    return missing instanceof Requirement.AnyOf && names.size() > 1
        ? "You lack one of the permissions " + String.join(", ", names) + " on this resource."
        : "You lack " + noun + String.join(", ", names) + " on this resource.";
  }

  private static void writeMissing(JsonGenerator json, Requirement missing) throws IOException {
    json.writeStartArray();
    if (missing instanceof Requirement.AnyOf any) {
      json.writeStartObject();
      json.writeArrayFieldStart("anyOf");
      for (String permission : any.permissions()) {
        json.writeString(permission);
      }
      json.writeEndArray();
      json.writeEndObject();
    } else {
      for (String permission : names(missing)) {
        json.writeString(permission);
      }
    }
    json.writeEndArray();
  }

  private static void writeRequestAccess(JsonGenerator json, Decision.Forbidden lacking)
      throws IOException {
    RequestAccess ask = lacking.route().requestAccess();
    if (ask == null) {
      return;
    }
    json.writeObjectFieldStart("requestAccess");
    if (ask.contact() != null) {
      json.writeStringField("contact", ask.contact());
    }
    String url = ask.url();
    if (url != null) {
      json.writeStringField("url", fill(url, lacking));
    }
    json.writeEndObject();
  }

  private static String fill(String url, Decision.Forbidden lacking) {
    return url.replace("{resource}", encode(lacking.resource().toString()))
        .replace("{permissions}", encode(String.join(" ", names(lacking.missing()))));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
