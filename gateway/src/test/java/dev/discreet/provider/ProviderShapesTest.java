package dev.discreet.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TokenSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tokens as the documentation of their providers shows them, with the settings that docs/
 * identity-providers.md gives for them: both are read from that page. Only the keys are our own.
 */
class ProviderShapesTest {
  private static final Path PAGE = Path.of("..", "docs", "identity-providers.md");
  private static final String DOCUMENT = "/documents/42";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Auth0 | | | 200",
        "Auth0 | iss | \"https://example.eu.auth0.com\" | wrong issuer",
        "Auth0 | aud | \"https://example.eu.auth0.com/userinfo\" | wrong audience",
        "Auth0 | permissions | [] | 404",
        "Auth0 | permissions | | 404",
        "Auth0 | sub | \"Xa7bQ0@clients\" | 200",
        "Okta | | | 200",
        "Okta | iss | \"https://example.okta.com\" | wrong issuer",
        "Okta | aud | \"https://example.okta.com\" | wrong audience",
        "Okta | scp | [\"openid\"] | 404",
        "Okta | sub | \"0oa1client\" | 200",
        "Microsoft Entra ID | | | 200",
        "Microsoft Entra ID | iss | \"https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/\""
            + " | wrong issuer",
        "Microsoft Entra ID | aud | \"00000003-0000-0000-c000-000000000000\" | wrong audience",
        "Microsoft Entra ID | roles | | 404",
        "Microsoft Entra ID | scp | | 200",
        "Amazon Cognito | | | 200",
        "Amazon Cognito | client_id | \"another\" | wrong audience",
        "Amazon Cognito | client_id | | wrong audience",
        "Amazon Cognito | token_use | \"id\" | missing claim",
        "Amazon Cognito | cognito:groups | | 404",
        "Google | | | 200",
        "Google | iss | \"accounts.google.com\" | wrong issuer",
        "Google | aud | \"another.apps.googleusercontent.com\" | wrong audience",
        "Google | hd | | missing claim",
        "Google | hd | \"example.org\" | missing claim",
      })
  void isAnsweredAsThePageSays(
      String provider, @Nullable String claim, @Nullable String value, String expected)
      throws Exception {
    String section = section(provider);
    Map<String, Object> claims = new HashMap<>(JSONObjectUtils.parse(block(section, "json")));
    // Documented examples are long past.
    claims.keySet().removeAll(List.of("iat", "nbf", "exp", "auth_time"));
    if (claim != null) {
      claims.put(claim, parsed(value));
    }
    Answer answer = ask(block(section, "yaml"), claims);
    String said =
        answer.status() == 401
            ? answer.value("www-authenticate").replaceAll(".*error_description=\"|\"$", "")
            : String.valueOf(answer.status());
    assertThat(said).isEqualTo(expected);
  }

  private static Answer ask(String settings, Map<String, Object> claims) throws IOException {
    TokenSigner signer = new TokenSigner("https://unused.example.com", "k1");
    try (CountingApi api = new CountingApi().owning(DOCUMENT);
        TestGateway gateway = TestGateway.start(files(settings, api.url(), signer.jwks()))) {
      String token = signer.token("unused", claims);
      return gateway.call("GET", DOCUMENT, DocumentsWorld.bearer(token));
    }
  }

  private static Map<String, String> files(String settings, String api, String keys)
      throws IOException {
    return Map.of(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        upstreams: {documents: {url: "%s"}}
        %s
        """
            .formatted(
                api,
                settings.replaceFirst("(?m)^( +)issuer: .*$", "$0\n$1jwks: {file: keys.json}")),
        "routes.yaml",
        block(section("The routes of the examples"), "yaml"),
        "keys.json",
        keys);
  }

  private static @Nullable Object parsed(@Nullable String value) throws ParseException {
    return value == null ? null : JSONObjectUtils.parse("{\"value\":" + value + "}").get("value");
  }

  private static String section(String title) throws IOException {
    return found(
        "(?ms)^## " + Pattern.quote(title) + "\n(.*?)(?=^## |\\z)", Files.readString(PAGE));
  }

  private static String block(String section, String language) {
    return found("(?ms)^```" + language + "\n(.*?)^```$", section);
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("nothing like " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
