package dev.discreet.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * The CPU of the gateway's process for a request, by a small and by a large policy. Both gateways
 * run all the time and are asked in turn, so that whatever else the machine does meets both.
 */
public final class RequestCost {
  private static final int WARM_UP = 60_000;
  private static final int REQUESTS = 5_000;
  private static final int ROUNDS = 24;

  private RequestCost() {}

  /** Prints the cost for each round, the medians over the rounds and their ratio. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("discreet-cost");
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    String token = token(key);
    try (AnsweringUpstream upstream = new AnsweringUpstream();
        MeasuredGateway small = start(folder.resolve("small"), 10, 10, upstream, key);
        MeasuredGateway large = start(folder.resolve("large"), 10_000, 100_000, upstream, key)) {
      small.ask(WARM_UP, 10, token);
      large.ask(WARM_UP, 1_000, token);
      List<Duration> few = new ArrayList<>();
      List<Duration> many = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        few.add(small.ask(REQUESTS, 10, token));
        many.add(large.ask(REQUESTS, 1_000, token));
        System.out.printf(
            "%d requests: small %d ms, large %d ms%n",
            REQUESTS, few.getLast().toMillis(), many.getLast().toMillis());
      }
      System.out.printf(
          "median: small %d ms, large %d ms; large / small = %.2f%n",
          median(few).toMillis(),
          median(many).toMillis(),
          (double) median(many).toNanos() / median(few).toNanos());
    }
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  private static MeasuredGateway start(
      Path folder, int routes, int grants, AnsweringUpstream upstream, RSAKey key)
      throws IOException {
    PolicyFolder.write(folder, routes, grants, upstream.port());
    Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    return MeasuredGateway.start(folder);
  }

  private static String token(RSAKey key) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
            new JWTClaimsSet.Builder()
                .issuer("https://id.example.com")
                .audience("api")
                .subject("caller")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }
}
