package dev.discreet.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.identity.TokenReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A token laid open, behind the explanation of what is answered to it. */
public final class TokenText {
  private TokenText() {}

  /** {@return the text for people, each line ended} */
  public static String of(TokenReport token) {
    Lines lines = new Lines();
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
    return lines.toString();
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
    json.writeBooleanField("valid", token.reason() == null);
    if (token.reason() != null) {
      json.writeStringField("reason", token.reason().description());
      json.writeStringField("detail", token.detail());
    }
    json.writeEndObject();
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
