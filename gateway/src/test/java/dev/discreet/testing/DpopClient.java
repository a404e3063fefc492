package dev.discreet.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.util.Map;

/** A client that binds its tokens to a key of its own and proves each request (RFC 9449). */
public final class DpopClient {
  private final ECKey key;
  private final DefaultDPoPProofFactory proofs;

  /** Makes a key. */
  public DpopClient() {
    try {
      key = new ECKeyGenerator(Curve.P_256).generate();
      proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the {@code cnf} of tokens that are bound to its key} */
  public Map<String, Object> confirmation() {
    try {
      return Map.of("jkt", key.computeThumbprint().toString());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the field that proves {@code token} for a request} */
  public String proof(String method, String url, String token) {
    try {
      return "DPoP: "
          + proofs.createDPoPJWT(method, URI.create(url), new DPoPAccessToken(token)).serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the proof for a request to whoever is to bind a token to its key} */
  public String proof(String method, String url) {
    try {
      return proofs.createDPoPJWT(method, URI.create(url)).serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the authorization field that carries {@code token}} */
  public static String authorization(String token) {
    return "Authorization: DPoP " + token;
  }
}
