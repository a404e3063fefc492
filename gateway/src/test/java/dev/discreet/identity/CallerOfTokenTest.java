package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.identity.Verification.Verified;
import dev.discreet.policy.AuthenticationEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The caller is what his token says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerOfTokenTest {
  private static final long NOW = ManualClock.SECOND;

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeAll
  void start() throws Exception {
    world = new VerifierWorld(new IssuerSettings().with(Keys.file(Keys.rsaJwk("k1", Keys.RSA))));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void theCallerIsWhatTheTokenSays() throws Exception {
    String claims =
        Tokens.good()
            + ",\"scope\":\"  a:read   b * \",\"realm_access\":{\"roles\":[\"c d\",7,null]}"
            + ",\"groups\":\"two words\",\"org\":{\"id\":\"acme\"}";
    Verified found = (Verified) world.verify(Tokens.claiming(claims));
    assertThat(found.caller().issuer()).isEqualTo("main");
    assertThat(found.caller().subject()).isEqualTo("user-17");
    assertThat(found.caller().permissions()).containsExactlyInAnyOrder("a:read", "b", "*", "c d");
    assertThat(found.caller().groups()).containsExactly("two words");
    assertThat(found.caller().claims().segments("account")).containsExactly("acme");
    assertThat(found.expires()).isEqualTo(Instant.ofEpochSecond(NOW + 630));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "\"acr\":\"gold\",\"auth_time\":1500|gold|1500",
        "\"acr\":\"\",\"auth_time\":1500.9|''|1500",
        "\"acr\":1,\"auth_time\":\"1500\"|none|none",
        "\"acr\":[\"gold\"],\"auth_time\":[1500]|none|none",
        "\"acr\":null,\"auth_time\":1e400|none|none",
        "\"auth_time\":1e300|none|none",
        "\"auth_time\":-1e300|none|none",
        "\"auth_time\":1e-999999999|none|none",
        "\"auth_time\":-5|none|-5",
        "\"x\":1|none|none"
      })
  void howTheSubjectAuthenticatedIsWhatTheTokenSays(
      String claims, @Nullable String acr, @Nullable Long time) throws Exception {
    Verified found = (Verified) world.verify(Tokens.claiming(Tokens.good() + "," + claims));
    assertThat(found.caller().authentication())
        .isEqualTo(
            new AuthenticationEvent(
                acr, time == null ? null : Instant.ofEpochSecond(time), Duration.ofSeconds(30)));
  }
}
