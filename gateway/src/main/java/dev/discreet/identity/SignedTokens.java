package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies tokens that say themselves what they stand for, by the keys of their issuer. */
final class SignedTokens {
  private final Issuers issuers;
  private final VerifiedTokens verified;
  private final int tokenLimit;
  private final Verdicts verdicts;

  SignedTokens(Issuers issuers, VerifiedTokens verified, int tokenLimit, Verdicts verdicts) {
    this.issuers = issuers;
    this.verified = verified;
    this.tokenLimit = tokenLimit;
    this.verdicts = verdicts;
  }

  /** {@return the same for the next configuration} */
  SignedTokens next(Issuers nextIssuers, int nextLimit, Verdicts nextVerdicts) {
    // What is remembered was not too long for the limit of its time.
    VerifiedTokens kept = nextLimit == tokenLimit ? verified : new VerifiedTokens();
    return new SignedTokens(nextIssuers, kept, nextLimit, nextVerdicts);
  }

  /** As {@link TokenVerifier#verify}. */
  void verify(Presented presented, EventExecutor loop, Consumer<Verification> done) {
    VerifiedTokens.Entry known = remembered(presented.token());
    if (known == null) {
      verifyNew(presented, loop, done);
    } else {
      IssuerConfig issuer = known.issuer().config();
      done.accept(verdicts.proven(known.result(), known.bound(), issuer, presented, "cached"));
    }
  }

  private void verifyNew(Presented presented, EventExecutor loop, Consumer<Verification> done) {
    try {
      SignedToken read = SignedToken.read(presented.token(), tokenLimit);
      Issuer issuer = issuers.of(read);
      if (issuer == null) {
        done.accept(verdicts.refused(new RefusedToken(Reason.WRONG_ISSUER), TokenMetrics.UNKNOWN));
      } else if (lacksKey(issuer, read)
          && Possession.isPossible(read.claims(), issuer.config(), presented)) {
        issuer
            .keys()
            .awaitRefetch(() -> loop.execute(() -> done.accept(judge(presented, read, issuer))));
      } else {
        done.accept(judge(presented, read, issuer));
      }
    } catch (RefusedToken e) {
      done.accept(verdicts.refused(e, TokenMetrics.UNKNOWN));
    }
  }

  private VerifiedTokens.@Nullable Entry remembered(String token) {
    VerifiedTokens.Entry entry = verified.find(token);
    if (entry == null || !issuers.has(entry.issuer())) {
      return null;
    }
    KeySet keys = entry.issuer().keys().current();
    if (keys == null
        || !keys.keys().contains(entry.key())
        || !verdicts.clock().instant().isBefore(entry.result().expires())) {
      verified.forget(token);
      return null;
    }
    return entry;
  }

  /** A token that no key could save is worth no question to the source of keys. */
  private static boolean lacksKey(Issuer issuer, SignedToken token) {
    KeySet keys = issuer.keys().current();
    return keys != null
        && token.keyId() != null
        && !keys.names(token.keyId())
        && issuer.algorithmOf(token) != null;
  }

  private Verification judge(Presented presented, SignedToken read, Issuer issuer) {
    String name = issuer.config().name();
    KeySet keys = issuer.keys().current();
    if (keys == null) {
      verdicts.events().checked(name, "keys_unavailable");
      return new Undecided(name, "no keys of the issuer " + name);
    }
    try {
      VerificationKey key = signer(read, issuer, keys);
      Instant now = verdicts.clock().instant();
      Confirmation bound = Confirmation.of(read.claims());
      verdicts.possession().check(bound, issuer.config(), presented, now);
      Instant expires = issuer.check().check(read, now);
      var caller = Callers.of(issuer.config(), read.subject(), read.claims());
      Verified result = new Verified(caller, expires);
      verified.remember(new VerifiedTokens.Entry(presented.token(), issuer, key, bound, result));
      verdicts.events().checked(name, "valid");
      return result;
    } catch (RefusedToken e) {
      return verdicts.refused(e, name);
    }
  }

  private static VerificationKey signer(SignedToken token, Issuer issuer, KeySet keys)
      throws RefusedToken {
    Algorithm algorithm = issuer.algorithmOf(token);
    VerificationKey key = algorithm == null ? null : keys.signer(token, algorithm);
    if (key == null) {
      throw new RefusedToken(Reason.WRONG_SIGNATURE);
    }
    return key;
  }
}
