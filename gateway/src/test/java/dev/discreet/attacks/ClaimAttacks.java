package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.malformed;
import static dev.discreet.attacks.Attack.wrongKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Well-signed tokens for somebody else, another time or another use (RFC 8725 §2.7–§2.8,
 * §3.8–§3.12).
 */
final class ClaimAttacks {
  private ClaimAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.addAll(issuers());
    all.addAll(types());
    all.addAll(times());
    all.addAll(audiences());
    all.addAll(subjects());
    all.addAll(bound());
    return all;
  }

  private static List<Attack> issuers() {
    String iss = Forgery.ISS;
    List<Attack> all = new ArrayList<>();
    for (String value :
        List.of(
            "",
            "null",
            "1",
            "true",
            "[\"" + iss + "\"]",
            "{\"iss\":\"" + iss + "\"}",
            "\"\"",
            "\"main\"",
            '"' + iss + "/\"",
            '"' + iss + "?\"",
            '"' + iss + "#\"",
            '"' + iss + " \"",
            "\" " + iss + '"',
            '"' + iss + "\\u0000\"",
            '"' + iss.substring(0, iss.length() - 1) + '"',
            '"' + iss.replace("https", "http") + '"',
            '"' + iss.replace("https", "HTTPS") + '"',
            '"' + iss.replace("id.", "ID.") + '"',
            '"' + iss.replace(".com/", ".com:443/") + '"',
            '"' + iss.replace("//", "//id.example.com@evil.example/") + '"',
            '"' + iss.replace("main", "m%61in") + '"',
            '"' + iss.replace("main", "./main") + '"',
            '"' + iss + ' ' + Forgery.OTHER + '"',
            "\"https://evil.example\"")) {
      all.add(new Attack("§3.8 iss " + value, Attack.WRONG_ISSUER, claimed("iss", value)));
    }
    return all;
  }

  private static List<Attack> types() {
    List<Attack> all = new ArrayList<>();
    for (String typ :
        List.of(
            "",
            "JOSE",
            "JWE",
            "JWT ",
            "JWT; v=1",
            "application/jwt",
            "at+jwt ",
            "id_token",
            "id_token+jwt",
            "dpop+jwt",
            "logout+jwt",
            "secevent+jwt",
            "oauth-authz-req+jwt",
            "token-introspection+jwt",
            "entity-statement+jwt",
            "vc+sd-jwt",
            "application/dpop+jwt")) {
      all.add(
          new Attack("§3.11 typ '" + typ + "'", Attack.WRONG_TYPE, typed(typ, Forgery.claims())));
    }
    for (String typ : List.of("1", "null", "[\"JWT\"]", "{}", "true")) {
      all.add(malformed("§3.11 typ " + typ, Forgery.headed(Forgery.headerWith("\"typ\":" + typ))));
    }
    String strict = Forgery.claims("iss", '"' + Forgery.STRICT + '"');
    all.add(
        new Attack(
            "§3.12 no typ where at+jwt is asked", Attack.WRONG_TYPE, Forgery.claimed(strict)));
    for (String typ : List.of("JWT", "jwt", "at", "at+jwt+x", "application/at+jwt; x=1")) {
      all.add(
          new Attack(
              "§3.12 typ " + typ + " where at+jwt is asked",
              Attack.WRONG_TYPE,
              typed(typ, strict)));
    }
    return all;
  }

  private static String typed(String typ, String claims) {
    return Forgery.of(Forgery.headerWith("\"typ\":\"" + typ + '"'), claims);
  }

  private static List<Attack> times() {
    List<Attack> all = new ArrayList<>();
    long now = Forgery.NOW;
    for (String claim : List.of("exp", "nbf", "iat")) {
      for (String value :
          List.of(
              "null",
              "true",
              "\"\"",
              "\"" + (now + 600) + '"',
              "\"never\"",
              "[" + now + "]",
              "{}",
              "1e999",
              "-1e999",
              "1e2147483647",
              "9".repeat(400))) {
        String shown = value.length() > 40 ? "of 400 digits" : value;
        all.add(
            new Attack("§3.8 " + claim + " " + shown, Attack.MISSING_CLAIM, claimed(claim, value)));
      }
    }
    all.add(new Attack("no exp", Attack.MISSING_CLAIM, claimed("exp", "")));
    for (String value :
        List.of(
            "0",
            "-1",
            "1",
            "-0.0",
            "1e-300",
            "1.5",
            String.valueOf(now - 31),
            String.valueOf(now / 1000),
            "-1e300")) {
      all.add(new Attack("exp " + value, Attack.EXPIRED, claimed("exp", value)));
    }
    for (String value : List.of(String.valueOf(now + 3600), now + "000", "1e300", "9999999999.5")) {
      all.add(new Attack("nbf " + value, Attack.NOT_YET_VALID, claimed("nbf", value)));
      all.add(new Attack("iat " + value, Attack.NOT_YET_VALID, claimed("iat", value)));
    }
    return all;
  }

  private static List<Attack> audiences() {
    List<Attack> all = new ArrayList<>();
    for (String value :
        List.of(
            "",
            "null",
            "1",
            "true",
            "{}",
            "{\"tests\":true}",
            "[]",
            "[null]",
            "[1]",
            "[[\"tests\"]]",
            "\"\"",
            "\"*\"",
            "\"TESTS\"",
            "\"Tests\"",
            "\"test\"",
            "\"tests2\"",
            "\"tests/\"",
            "\" tests\"",
            "\"tests \"",
            "\"tests others\"",
            "\"tests\\u0000\"",
            "[\"others\",\"web\"]",
            "\"t\\u0435sts\"")) {
      all.add(new Attack("§3.9 aud " + value, Attack.WRONG_AUDIENCE, claimed("aud", value)));
    }
    all.add(
        new Attack(
            "§2.8 ID token, whose audience is the client",
            Attack.WRONG_AUDIENCE,
            typed(
                "JWT",
                Forgery.with(Map.of("aud", "\"web\"", "azp", "\"web\"", "nonce", "\"n\"")))));
    return all;
  }

  private static List<Attack> subjects() {
    List<Attack> all = new ArrayList<>();
    for (String value :
        List.of(
            "",
            "null",
            "17",
            "1.0",
            "true",
            "[\"alice\"]",
            "{\"id\":\"alice\"}",
            "\"\"",
            "\"alice\\u0000\"",
            "\"\\u0000\"",
            "\"a\\nb\"",
            "\"a\\r\\nb\"",
            "\"\\t\"",
            "\"\\u001f\"",
            "\"\\u007f\"",
            "\"\\u0085\"",
            "\"\\u009f\"")) {
      all.add(new Attack("§2.8 sub " + value, Attack.MISSING_CLAIM, claimed("sub", value)));
    }
    return all;
  }

  /** Stolen from whoever holds the key that it is bound to. */
  private static List<Attack> bound() {
    List<Attack> all = new ArrayList<>();
    for (String cnf :
        List.of(
            "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}",
            "{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}",
            "{\"kid\":\"k1\"}",
            "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
            "{}",
            "null",
            "\"x\"",
            "[]")) {
      all.add(wrongKey("cnf " + cnf, claimed("cnf", cnf)));
    }
    return all;
  }

  private static String claimed(String name, String value) {
    return Forgery.claimed(Forgery.claims(name, value));
  }
}
