package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.Caller;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Whatever octets a token is made of, it is refused, or read in the one way that others read it
 * too. {@link TokenFuzzTest} feeds it some thousand inputs; the profile {@code fuzz} has Jazzer
 * look for worse ones.
 */
public final class TokenFuzzer {
  private static final int LIMIT = 8192;
  private static final IssuerConfig ISSUER =
      new IssuerSettings().with(Keys.file(Keys.edJwk("ed", Keys.ED25519)));
  private static final ClaimsCheck CHECK = new ClaimsCheck(ISSUER);
  private static final Instant NOW = Instant.ofEpochSecond(ManualClock.SECOND);

  private TokenFuzzer() {}

  /**
   * Reads a token. Behind an octet that says which, the input is the token itself, or its header, a
   * line feed and its claims.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      isAccepted(input);
    }
  }

  /** {@return whether the token is all right but for its signature, which is not looked at} */
  static boolean isAccepted(byte[] input) {
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    String token =
        (input[0] & 1) == 0 ? new String(content, StandardCharsets.ISO_8859_1) : encoded(content);
    try {
      SignedToken read = SignedToken.read(token, LIMIT);
      isTheOnlyReading(token, read);
      Instant expires = CHECK.check(read, NOW);
      assertThat(expires).isAfter(NOW);
      Caller.Authenticated caller = Callers.of(ISSUER, read.subject(), read.claims());
      assertThat(caller.subject()).isNotEmpty().doesNotContainPattern("\\p{Cc}");
      return true;
    } catch (RefusedToken refused) {
      return false;
    }
  }

  private static String encoded(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    byte[] claims = Arrays.copyOfRange(content, Math.min(end + 1, content.length), content.length);
    return Forge.base64(Arrays.copyOf(content, end)) + "." + Forge.base64(claims) + ".AAAA";
  }

  private static void isTheOnlyReading(String token, SignedToken read) {
    assertThat(token.length()).isLessThanOrEqualTo(LIMIT);
    String[] parts = token.split("\\.", -1);
    assertThat(parts).hasSize(3);
    for (String part : parts) {
      assertThat(Forge.base64(Base64.getUrlDecoder().decode(part))).isEqualTo(part);
    }
    assertThat(new String(read.signed(), StandardCharsets.US_ASCII))
        .isEqualTo(parts[0] + "." + parts[1]);
    agrees(parts[1], read.claims());
  }

  /** A reader that is less strict may refuse for reasons of its own, but not read another text. */
  private static void agrees(String part, Map<String, Object> claims) {
    byte[] json = Base64.getUrlDecoder().decode(part);
    Map<String, Object> others;
    try {
      others = JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8), LIMIT);
    } catch (ParseException e) {
      return;
    }
    claims.forEach(
        (name, value) -> {
          assertThat(name).isEqualTo(recoded(name));
          if (value instanceof String text) {
            assertThat(text).isEqualTo(recoded(text)).isEqualTo(others.get(name));
          }
        });
    assertThat(others.keySet()).isEqualTo(claims.keySet());
  }

  /** {@return the text, other where it holds half a surrogate pair} */
  private static String recoded(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
