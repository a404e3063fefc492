package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.IssuerConfig.Demand;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens need which proof, and what comes of it where that is missing. */
class PossessionTest {
  private static final String CERTIFICATE = Proof.hash("the client's certificate");
  private static final String ANOTHER = Proof.hash("another certificate");

  private static VerifierWorld world(Demand dpop, Demand certificate) throws Exception {
    return new VerifierWorld(
        new IssuerSettings()
            .binding(dpop, certificate)
            .with(Keys.file(Keys.rsaJwk("k1", Keys.RSA))));
  }

  private static String claims(String bound) {
    return switch (bound) {
      case "nothing" -> Tokens.good();
      case "key" -> Proof.bound();
      case "certificate" -> Tokens.good() + ",\"cnf\":{\"x5t#S256\":\"" + CERTIFICATE + "\"}";
      default ->
          Proof.bound().replace("\"cnf\":{", "\"cnf\":{\"x5t#S256\":\"" + CERTIFICATE + "\",");
    };
  }

  private static Presented presented(String token, boolean proof, String certificate) {
    Presented plain = proof ? Proof.of(token).presenting(token) : Presented.bearer(token);
    return new Presented(
        token,
        plain.dpop(),
        switch (certificate) {
          case "own" -> CERTIFICATE;
          case "another" -> ANOTHER;
          default -> null;
        });
  }

  @ParameterizedTest
  @CsvSource({
    "nothing,false,none,OPTIONAL,OPTIONAL,''",
    "nothing,false,own,OPTIONAL,OPTIONAL,''",
    "nothing,true,none,OPTIONAL,OPTIONAL,'it came behind DPoP, and is bound to no key'",
    "nothing,true,none,DISABLED,OPTIONAL,'it came behind DPoP, and is bound to no key'",
    "nothing,false,none,REQUIRED,OPTIONAL,'it is bound to no key, and dpop is required'",
    "nothing,false,none,OPTIONAL,REQUIRED,"
        + "'it is bound to no certificate, and certificateBound is required'",
    "key,true,none,OPTIONAL,OPTIONAL,''",
    "key,true,none,REQUIRED,OPTIONAL,''",
    "key,false,none,OPTIONAL,OPTIONAL,'it is bound to a key, and did not come behind DPoP'",
    "key,true,none,DISABLED,OPTIONAL,'it is bound to a key, and dpop is disabled'",
    "key,false,own,DISABLED,OPTIONAL,'it is bound to a key, and dpop is disabled'",
    "certificate,false,own,DISABLED,OPTIONAL,''",
    "certificate,false,own,DISABLED,REQUIRED,''",
    "certificate,false,none,OPTIONAL,OPTIONAL,"
        + "'it is bound to a certificate, and the client has shown none'",
    "certificate,false,another,OPTIONAL,OPTIONAL,'it is bound to another certificate'",
    "certificate,true,own,OPTIONAL,OPTIONAL,'it came behind DPoP, and is bound to no key'",
    "both,true,own,REQUIRED,REQUIRED,''",
    "both,false,own,OPTIONAL,OPTIONAL,'it is bound to a key, and did not come behind DPoP'",
    "both,true,none,OPTIONAL,OPTIONAL,"
        + "'it is bound to a certificate, and the client has shown none'",
  })
  void aTokenNeedsItsProofEachTime(
      String bound, boolean proof, String certificate, Demand dpop, Demand demanded, String why)
      throws Exception {
    try (VerifierWorld world = world(dpop, demanded)) {
      String token = Tokens.claiming(claims(bound));
      for (int i = 0; i < 2; i++) {
        Verification found = world.verify(presented(token, proof, certificate));
        if (why.isEmpty()) {
          assertThat(found).isInstanceOf(Verified.class);
        } else {
          assertThat(found).isEqualTo(new Refused(Reason.WRONG_SIGNATURE, "main", why));
        }
      }
    }
  }

  @Test
  void aTokenThatWasProvenOnceIsNoBearerToken() throws Exception {
    try (VerifierWorld world = world(Demand.OPTIONAL, Demand.OPTIONAL)) {
      String token = Tokens.claiming(claims("both"));
      assertThat(world.verify(presented(token, true, "own"))).isInstanceOf(Verified.class);
      assertThat(world.verify(presented(token, false, "own"))).isInstanceOf(Refused.class);
      assertThat(world.verify(presented(token, true, "another"))).isInstanceOf(Refused.class);
      assertThat(world.verify(presented(token, true, "own"))).isInstanceOf(Verified.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "\"jkt\"",
        "{\"jkt\":\"\"}",
        "{\"jkt\":null}",
        "{\"jkt\":7}",
        "{\"jkt\":\"abc\"}",
        "{\"jkt\":[\"KEY\"]}",
        "{\"jkt\":\"KEY=\"}",
        "{\"JKT\":\"KEY\"}",
        "{\"jkt\":\"KEY\",\"jku\":\"https://id.example.com\"}",
        "{\"jkt\":\"KEY\",\"x5t#S256\":\"a\"}",
        "{\"x5t\":\"KEY\"}",
        "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
        "{\"kid\":\"k1\"}",
        "{\"kc-jkt-type\":\"DPoP\"}",
        "{\"jkt\":\"KEY\",\"kc-jkt-type\":\"DPoP\",\"other\":1}"
      })
  void whatCantBeProvenIsRefused(String cnf) throws Exception {
    try (VerifierWorld world = world(Demand.OPTIONAL, Demand.OPTIONAL)) {
      String bound = cnf.replace("KEY", Proof.thumbprint(Proof.KEY));
      String token = Tokens.claiming(Tokens.good() + ",\"cnf\":" + bound);
      assertThat(world.verify(presented(token, true, "own")))
          .isInstanceOfSatisfying(
              Refused.class,
              found -> {
                assertThat(found.reason()).isEqualTo(Reason.WRONG_SIGNATURE);
                assertThat(found.detail()).startsWith("its cnf ");
              });
    }
  }

  @Test
  void whatKeycloakSaysBesideTheKeyBindsToNothingMore() throws Exception {
    try (VerifierWorld world = world(Demand.OPTIONAL, Demand.OPTIONAL)) {
      String cnf = "{\"kc-jkt-type\":\"DPoP\",\"jkt\":\"" + Proof.thumbprint(Proof.KEY) + "\"}";
      String token = Tokens.claiming(Tokens.good() + ",\"cnf\":" + cnf);
      assertThat(world.verify(presented(token, true, ""))).isInstanceOf(Verified.class);
      assertThat(world.verify(presented(token, false, ""))).isInstanceOf(Refused.class);
    }
  }

  /** SPEC §3: wrong issuer, wrong signature or key, wrong type, expired, … */
  @ParameterizedTest
  @CsvSource({
    "iss,\"https://another.example.com\",WRONG_ISSUER",
    "exp,1000,WRONG_SIGNATURE",
    "aud,\"other\",WRONG_SIGNATURE",
    "sub,7,WRONG_SIGNATURE"
  })
  void theReasonIsTheFirstThatApplies(String claim, String value, Reason reason) throws Exception {
    try (VerifierWorld world = world(Demand.OPTIONAL, Demand.OPTIONAL)) {
      String cnf = ",\"cnf\":{\"jkt\":\"" + Proof.thumbprint(Proof.KEY) + "\"}";
      String token = Tokens.claiming(Tokens.replacing(claim, value) + cnf);
      assertThat(world.verify(token))
          .isInstanceOfSatisfying(
              Refused.class, found -> assertThat(found.reason()).isEqualTo(reason));
    }
  }
}
