package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.discreet.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token laid open: what it says, whose it is, and what is wrong with it. */
class ExplainTokenTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestIssuer issuer;

  @SuppressWarnings("NullAway.Init")
  private ExplainFolder files;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestIssuer();
    files = new ExplainFolder(folder);
    files.configure(issuer.issuer(), issuer.issuer() + "/jwks");
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private String token(String header, String claims) throws Exception {
    RSAKey key = issuer.key();
    String signed =
        encode(header.getBytes(StandardCharsets.UTF_8))
            + '.'
            + encode(claims.getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.toPrivateKey());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + encode(signature.sign());
  }

  /** {@return valid claims in which a member has another value, or is left out} */
  private String claims(String name, String value) {
    Map<String, String> all =
        new LinkedHashMap<>(
            Map.of(
                "iss",
                '"' + issuer.issuer() + '"',
                "aud",
                "\"tests\"",
                "sub",
                "\"alice\"",
                "exp",
                String.valueOf(Instant.now().getEpochSecond() + 600)));
    all.put(name, value);
    StringBuilder text = new StringBuilder("{");
    all.forEach(
        (key, member) -> {
          if (!member.isEmpty()) {
            text.append(text.length() == 1 ? "" : ",");
            text.append('"').append(key).append("\":").append(member);
          }
        });
    return text.append('}').toString();
  }

  private Run explain(String token, String... options) {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = "--token";
    all[options.length + 1] = token;
    all[options.length + 2] = "GET";
    all[options.length + 3] = "/accounts/a1/terms";
    return files.explain(all);
  }

  @Test
  void showsWhatAValidTokenSays() throws Exception {
    String token = token(HEADER, claims("scope", "\"a b\""));
    assertThat(explain(token).out())
        .startsWith("row 5, forward")
        .contains(
            "the token",
            "header      " + HEADER,
            "\"scope\":\"a b\"",
            "issuer      main",
            "key         \"k1\", RS256",
            "verdict     valid")
        .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
    assertThat(explain(token, "--format", "json").out())
        .contains("\"token\" : {", "\"alg\":\"RS256\"", "\"valid\" : true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iss|\"https://other\"|wrong issuer: iss is \"https://other\", to the letter none of: http",
        "iss||wrong issuer: iss is missing",
        "exp|1000|expired: exp is 1970-01-01T00:16:40Z",
        "exp|1000|ago; clockSkew is 30s",
        "nbf|99999999999|not yet valid: nbf is 5138-11-16T09:46:39Z",
        "iat|99999999999|not yet valid: iat is 5138",
        "aud|\"other\"|wrong audience: aud is \"other\"; one of audiences must be there, to the letter: tests",
        "aud||wrong audience: aud is missing",
        "exp||missing claim: exp must be a finite number and is missing",
        "iat|\"now\"|missing claim: iat must be a finite number and is \"now\"",
        "sub|17|missing claim: sub must be text without control characters and is 17",
        "cnf|{\"jkt\":\"x\"}|wrong signature or key: its cnf holds no SHA-256 thumbprint"
      })
  void saysWhatIsWrongWithTheClaims(String name, String value, String expected) throws Exception {
    String text = explain(token(HEADER, claims(name, value == null ? "" : value))).out();
    assertThat(text).startsWith("row 1, 401").contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alg\":\"none\"}|wrong signature or key: alg is none; algorithms of issuer main: ES256, EdDSA, PS256, RS256",
        "{\"alg\":\"RS512\"}|alg is RS512; algorithms of",
        "{\"alg\":\"RS256\",\"kid\":\"k9\"}|kid is k9; keys of issuer main: \"k1\"",
        "{\"alg\":\"ES256\"}|no key of issuer main is for ES256; its keys: \"k1\"",
        "{\"alg\":\"RS256\",\"typ\":\"dpop+jwt\"}|wrong type: typ is \"dpop+jwt\"; JWT, at+jwt or none is taken",
        "{\"alg\":\"RS256\",\"crit\":[]}|malformed: its header has crit or b64",
        "{\"alg\":1}|malformed: its header has no alg, or an alg, kid or typ that is not text",
        "{\"alg\":\"RS256\",\"alg\":\"none\"}|malformed: its header is no JSON object"
      })
  void saysWhatIsWrongWithTheHeader(String header, String expected) throws Exception {
    String text = explain(token(header, claims("sub", "\"alice\""))).out();
    assertThat(text).startsWith("row 1, 401").contains(expected);
  }

  @Test
  void saysWhatCantBeRead() throws Exception {
    String good = token(HEADER, claims("sub", "\"alice\""));
    String other = token(HEADER, claims("sub", "\"bob\""));
    String swapped =
        good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    assertThat(explain(swapped).out()).contains("the signature is not that of \"k1\"");
    assertThat(explain("a.b").out()).contains("malformed: it is not three parts");
    assertThat(explain("Bearer " + good).out())
        .contains("malformed: there is a space in it", "without Bearer before it");
    assertThat(explain(good + "=").out())
        .contains(
            "its signature is no canonical base64url",
            "issuer      not looked for",
            "key         not looked for");
    assertThat(explain("a".repeat(9000) + ".b.c").out())
        .contains("it has 9004 characters; limits.token is 8192");
  }

  @Test
  void anOpaqueTokenIsSentNowhere() throws Exception {
    files.replace(
        "jwks: " + issuer.issuer() + "/jwks",
        "format: opaque, introspection: {url: \"http://127.0.0.1:1/i\", clientId: a, clientSecret: b}");
    Run run = explain("opaque");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("the token is opaque: only its issuer main could tell whether it is valid")
        .contains("--claims");
  }
}
