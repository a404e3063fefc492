package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.malformed;
import static dev.discreet.attacks.Attack.wrongKey;

import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Parts, base64url, extensions and other serialisations (RFC 8725 §2.4, §2.6, §3.7; RFC 7515). */
final class EncodingAttacks {
  private EncodingAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.addAll(parts());
    all.addAll(base64());
    all.addAll(extensions());
    all.addAll(encrypted());
    return all;
  }

  private static List<Attack> parts() {
    String good = Forgery.good();
    String[] part = good.split("\\.", -1);
    String big = "\"" + "a".repeat(9000) + "\"";
    return List.of(
        malformed("no dots", "garbage"),
        malformed("one dot", part[0] + "." + part[1]),
        malformed("three dots", good + "." + part[2]),
        malformed("dots alone", ".."),
        malformed("no header", "." + part[1] + "." + part[2]),
        malformed("no claims", part[0] + ".." + part[2]),
        malformed("no signature", part[0] + "." + part[1] + "."),
        malformed("a dot before", "." + good),
        malformed("a dot behind", good + "."),
        malformed("§2.6 over 8 KiB", Forgery.claimed(Forgery.claims("x", big))),
        malformed("§2.6 over 8 KiB, of dots", ".".repeat(9000)),
        malformed("§2.6 over 8 KiB, in its signature", good + "A".repeat(9000)),
        malformed("two tokens", good + good),
        malformed("token in quotes", '"' + good + '"'),
        malformed("scheme twice", "Bearer " + good));
  }

  private static List<Attack> base64() {
    String good = Forgery.good();
    String[] part = good.split("\\.", -1);
    List<Attack> all = new ArrayList<>();
    String[] where = {"header", "claims", "signature"};
    for (int i = 0; i < where.length; i++) {
      String in = " in the " + where[i];
      String padded = part[i] + "=".repeat(3 - (part[i].length() + 3) % 4 == 3 ? 0 : 2);
      all.add(
          malformed(
              "§2.4 padding" + in, with(part, i, padded.equals(part[i]) ? part[i] + "=" : padded)));
      all.add(malformed("§2.4 bits left over" + in, with(part, i, withLeftOverBits(part[i]))));
      all.add(malformed("§2.4 plus" + in, with(part, i, "+" + part[i].substring(1))));
      all.add(malformed("§2.4 slash" + in, with(part, i, "/" + part[i].substring(1))));
      all.add(
          malformed(
              "§2.4 space" + in,
              with(part, i, part[i].substring(0, 4) + " " + part[i].substring(4))));
      all.add(malformed("§2.4 percent-encoded" + in, with(part, i, "%65" + part[i].substring(1))));
      all.add(malformed("§2.4 a length that no octets have" + in, with(part, i, "A".repeat(5))));
      all.add(malformed("§2.4 not ASCII" + in, with(part, i, part[i] + "\u00e9")));
      all.add(malformed("§2.4 ~" + in, with(part, i, "~" + part[i].substring(1))));
    }
    return all;
  }

  private static String with(String[] parts, int i, String part) {
    String[] changed = parts.clone();
    changed[i] = part;
    return String.join(".", changed);
  }

  /** Octets that are one too many, whose last character says more than they need. */
  private static String withLeftOverBits(String part) {
    return part.substring(0, part.length() / 4 * 4 - 4) + "AB";
  }

  private static List<Attack> extensions() {
    List<Attack> all = new ArrayList<>();
    for (String crit :
        List.of(
            "[]",
            "[\"exp\"]",
            "[\"b64\"]",
            "[\"http://example.com/x\"]",
            "null",
            "\"b64\"",
            "{}",
            "[1]")) {
      all.add(
          malformed(
              "crit " + crit,
              Forgery.headed(Forgery.headerWith("\"crit\":" + crit + ",\"exp\":1"))));
    }
    for (String b64 : List.of("true", "false", "null", "\"false\"", "0")) {
      all.add(malformed("b64 " + b64, Forgery.headed(Forgery.headerWith("\"b64\":" + b64))));
    }
    String detached = Forgery.headerWith("\"b64\":false,\"crit\":[\"b64\"]");
    all.add(
        malformed(
            "RFC 7797: claims as they are",
            Forge.base64(detached) + ".claims." + Forge.base64(new byte[256])));
    all.add(
        malformed(
            "RFC 7797: detached", Forge.base64(detached) + ".." + Forge.base64(new byte[256])));
    String nested =
        Forge.base64(Forgery.headerWith("\"cty\":\"JWT\"")) + "." + Forge.base64(Forgery.good());
    all.add(malformed("§2.5 nested JWT", Forge.sign("RS256", Keys.RSA.getPrivate(), nested)));
    String json =
        Forge.base64(Forgery.headerWith("\"cty\":\"JWT\""))
            + "."
            + Forge.base64('"' + Forgery.good() + '"');
    all.add(
        malformed(
            "§2.5 nested JWT as JSON text", Forge.sign("RS256", Keys.RSA.getPrivate(), json)));
    all.add(malformed("§3.6 zip: claims that are deflated", deflated()));
    return all;
  }

  private static String deflated() {
    byte[] claims = Forgery.claims().getBytes(StandardCharsets.UTF_8);
    byte[] octets = new byte[claims.length + 100];
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(claims);
    deflater.finish();
    byte[] small = Arrays.copyOf(octets, deflater.deflate(octets));
    deflater.end();
    String signed = Forge.base64(Forgery.headerWith("\"zip\":\"DEF\"")) + "." + Forge.base64(small);
    return Forge.sign("RS256", Keys.RSA.getPrivate(), signed);
  }

  /** Encrypted by a key that everybody has: the public one (RFC 7516), or by a password. */
  private static List<Attack> encrypted() {
    String rest =
        "."
            + Forge.base64(new byte[256])
            + "."
            + Forge.base64(new byte[12])
            + "."
            + Forge.base64(Forgery.claims())
            + "."
            + Forge.base64(new byte[16]);
    List<Attack> all = new ArrayList<>();
    for (String header :
        List.of(
            "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"kid\":\"k1\",\"cty\":\"JWT\"}",
            "{\"alg\":\"RSA1_5\",\"enc\":\"A128CBC-HS256\",\"kid\":\"k1\"}",
            "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647,\"p2s\":\"AAAAAAAAAAA\"}",
            "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}",
            "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}}")) {
      all.add(malformed("JWE " + header.substring(8, 20), Forge.base64(header) + rest));
    }
    all.add(
        malformed(
            "JWE, no encrypted key",
            Forge.base64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}")
                + "."
                + rest.substring(rest.indexOf('.', 1))));
    all.add(malformed("JWS in JSON", "{\"payload\":\"" + Forge.base64(Forgery.claims()) + "\"}"));
    all.add(
        wrongKey(
            "PBES2 bomb in a header of three parts",
            Forgery.headed(
                "{\"alg\":\"PBES2-HS512+A256KW\",\"kid\":\"k1\",\"p2c\":999999999,\"enc\":\"A256GCM\"}")));
    return all;
  }
}
