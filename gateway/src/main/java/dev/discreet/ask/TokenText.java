package dev.discreet.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.identity.Reason;
import dev.discreet.identity.TokenReport;
import dev.discreet.identity.TokenReport.Bound;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A token laid open, behind the explanation of what is answered to it. */
final class TokenText {
  private TokenText() {}

  /**
   * Says what the answer supposes of who presents the token: whoever asks wants to know the rights,
   * and can't prove anything here.
   */
  static void supposed(Lines lines, TokenReport token) {
    Bound bound = token.bound();
    if (bound != null && token.reason() == null) {
      lines.add("supposed: " + proof(bound));
      lines.add("  without that: row 1, 401: " + Reason.WRONG_SIGNATURE.description());
    }
  }

  private static String proof(Bound bound) {
    String key = bound.jkt() == null ? "" : "a DPoP proof by the key jkt " + bound.jkt();
    String both = key.isEmpty() || bound.x5t() == null ? "" : ", and ";
    String certificate =
        bound.x5t() == null ? "" : "the client's certificate x5t#S256 " + bound.x5t();
    return key + both + certificate;
  }

  /** Lays it open for people. */
  static void add(Lines lines, TokenReport token) {
    lines.add("");
    lines.add("the token");
    line(lines, "  header", token.header());
    line(lines, "  claims", token.claims());
    if (token.read()) {
      line(
          lines, "  issuer", token.issuer() == null ? "none of the configuration" : token.issuer());
      line(lines, "  key", token.key() == null ? "none has signed it" : token.key());
    } else {
      line(lines, "  issuer", "not looked for");
      line(lines, "  key", "not looked for");
    }
    line(
        lines,
        "  verdict",
        token.reason() == null ? "valid" : token.reason().description() + ": " + token.detail());
    if (token.bound() != null) {
      line(lines, "  needs", proof(token.bound()));
    }
  }

  private static void line(Lines lines, String label, @Nullable String found) {
    lines.step(label, found == null ? "can't be decoded" : found.strip());
  }

  static void write(JsonGenerator json, TokenReport token) throws IOException {
    json.writeObjectFieldStart("token");
    part(json, "header", token.header(), token.read());
    part(json, "claims", token.claims(), token.read());
    text(json, "issuer", token.issuer());
    text(json, "key", token.key());
    if (token.bound() != null) {
      json.writeObjectFieldStart("bound");
      text(json, "jkt", token.bound().jkt());
      text(json, "x5t#S256", token.bound().x5t());
      json.writeEndObject();
    }
    json.writeBooleanField("valid", token.reason() == null);
    if (token.reason() != null) {
      json.writeStringField("reason", token.reason().description());
      json.writeStringField("detail", token.detail());
    }
    json.writeEndObject();
  }

  /** The same for programs. */
  static void supposed(JsonGenerator json, TokenReport token) throws IOException {
    if (token.bound() != null && token.reason() == null) {
      json.writeBooleanField("proofSupposed", true);
      json.writeObjectFieldStart("withoutProof");
      json.writeStringField("row", "1");
      json.writeStringField("answer", "401");
      json.writeStringField("reason", Reason.WRONG_SIGNATURE.description());
      json.writeEndObject();
    }
  }

  /** What is a JSON object stays one. */
  private static void part(JsonGenerator json, String name, @Nullable String decoded, boolean read)
      throws IOException {
    if (decoded != null && read) {
      json.writeFieldName(name);
      json.writeRawValue(decoded);
    } else {
      text(json, name, decoded);
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }
}
