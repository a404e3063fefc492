package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.malformed;

import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What two readers of JSON or UTF-8 would read as two things (RFC 8725 §2.4, §2.6, §3.7). */
final class JsonAttacks {
  private JsonAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.addAll(duplicates());
    all.addAll(grammar());
    all.addAll(depth());
    all.addAll(characters());
    return all;
  }

  private static List<Attack> duplicates() {
    List<Attack> all = new ArrayList<>();
    for (String member :
        List.of(
            "\"alg\":\"RS256\"",
            "\"kid\":\"k1\"",
            "\"\\u0061lg\":\"none\"",
            "\"x\":{\"a\":1,\"a\":2}",
            "\"x\":[{\"a\":1,\"a\":2}]",
            "\"x\":{\"a\":{\"a\":{\"b\":1,\"b\":1}}}")) {
      all.add(malformed("header, twice: " + member, Forgery.headed(Forgery.headerWith(member))));
    }
    for (String member :
        List.of(
            "\"sub\":\"admin\"",
            "\"s\\u0075b\":\"admin\"",
            "\"exp\":9999999999",
            "\"aud\":\"tests\"",
            "\"iss\":\"" + Forgery.ISS + "\"",
            "\"iat\":1")) {
      String claims = Forgery.claims();
      all.add(
          malformed(
              "claims, twice: " + member,
              Forgery.claimed(claims.substring(0, claims.length() - 1) + "," + member + "}")));
      all.add(
          malformed(
              "claims, twice, first: " + member,
              Forgery.claimed("{" + member + "," + claims.substring(1))));
    }
    return all;
  }

  private static List<Attack> grammar() {
    List<Attack> all = new ArrayList<>();
    String claims = Forgery.claims();
    String open = claims.substring(0, claims.length() - 1);
    for (String broken :
        List.of(
            "null",
            "[]",
            "1",
            "\"claims\"",
            "true",
            "",
            "[" + claims + "]",
            open,
            open + ",}",
            claims + "{}",
            claims + " x",
            claims + "\u0000",
            claims + "/**/",
            "//\n" + claims,
            claims.replace('"', '\''),
            open + ",x:1}",
            open + ",\"x\":NaN}",
            open + ",\"x\":Infinity}",
            open + ",\"x\":01}",
            open + ",\"x\":+1}",
            open + ",\"x\":.5}",
            open + ",\"x\":1.}",
            open + ",\"x\":0x1}",
            open + ",\"x\":tru}",
            open + ",\"x\":\"\t\"}",
            open + ",\"x\":\"\\x41\"}",
            open + ",\"x\":\"\\u00\"}",
            open + ",\"x\"}",
            open + " \"x\":1}",
            "{,}" + claims)) {
      String shown =
          broken
              .replace(claims.replace('"', '\''), "in single quotes")
              .replace(claims, "{…}")
              .replace(open, "{…");
      all.add(malformed("claims " + visible(shown), Forgery.claimed(broken)));
    }
    for (String broken :
        List.of(
            "null",
            "[]",
            "\"RS256\"",
            "{",
            "{}",
            "{'alg':'RS256'}",
            "{\"alg\":\"RS256\"}{}",
            "{\"alg\":\"RS256\",}")) {
      all.add(malformed("header " + broken, Forgery.headed(broken)));
    }
    return all;
  }

  private static String visible(String text) {
    return text.replace("\u0000", "NUL").replace("\t", "TAB").replace("\n", "LF");
  }

  private static List<Attack> depth() {
    List<Attack> all = new ArrayList<>();
    for (int levels : new int[] {32, 33, 1000, 2500}) {
      String lists = "[".repeat(levels) + "]".repeat(levels);
      all.add(
          malformed(
              "§2.6 claims, lists " + levels + " deep",
              Forgery.claimed(Forgery.claims("x", lists))));
    }
    for (int levels : new int[] {32, 200, 900}) {
      String objects = "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
      all.add(
          malformed(
              "§2.6 claims, objects " + levels + " deep",
              Forgery.claimed(Forgery.claims("x", objects))));
      all.add(
          malformed(
              "§2.6 header, objects " + levels + " deep",
              Forgery.headed(Forgery.headerWith("\"x\":" + objects))));
    }
    all.add(malformed("§2.6 claims that open lists alone", Forgery.claimed("[".repeat(3000))));
    return all;
  }

  private static List<Attack> characters() {
    List<Attack> all = new ArrayList<>();
    int[][] octets = {
      {0xc0, 0xaf},
      {0xc1, 0x81},
      {0xe0, 0x80, 0xaf},
      {0xf0, 0x80, 0x80, 0xaf},
      {0xc0, 0x80},
      {0xed, 0xa0, 0x80},
      {0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xf8, 0x88, 0x80, 0x80, 0x80},
      {0x80},
      {0xc3},
      {0xe2, 0x82},
      {0xe9},
      {0xfe},
      {0xff}
    };
    String[] names = {
      "overlong slash",
      "overlong A",
      "overlong slash of three octets",
      "overlong slash of four",
      "overlong NUL",
      "half a surrogate pair",
      "surrogate pair (CESU-8)",
      "beyond Unicode",
      "far beyond Unicode",
      "five octets",
      "continuation alone",
      "cut after one",
      "cut after two",
      "Latin-1",
      "FE",
      "FF"
    };
    for (int i = 0; i < octets.length; i++) {
      all.add(malformed("§3.7 UTF-8: " + names[i], Forgery.octets(Forgery.claimsWith(octets[i]))));
    }
    for (Charset other :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      all.add(malformed("§3.7 " + other, Forgery.octets(Forgery.claims().getBytes(other))));
    }
    all.add(
        malformed(
            "§3.7 byte-order mark before the claims",
            Forgery.claimed("\uFEFF" + Forgery.claims())));
    all.add(
        malformed(
            "§3.7 byte-order mark before the header",
            Forgery.headed("\uFEFF" + Forgery.header("RS256", "k1"))));
    all.add(malformed("§3.7 invalid UTF-8 in the header", latin1Header()));
    for (String half : List.of("\\ud800", "\\udc00", "\\udc00\\ud800", "\\ud800x")) {
      all.add(
          malformed("§3.7 sub " + half, Forgery.claimed(Forgery.claims("sub", '"' + half + '"'))));
      all.add(malformed("§3.7 a name " + half, Forgery.claimed(Forgery.claims(half, "1"))));
      all.add(malformed("§3.7 kid " + half, Forgery.headed(Forgery.header("RS256", half))));
    }
    return all;
  }

  private static String latin1Header() {
    byte[] header = Forgery.headerWith("\"x\":\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
    String signed = Forge.base64(header) + "." + Forge.base64(Forgery.claims());
    return Forge.sign("RS256", Keys.RSA.getPrivate(), signed);
  }
}
