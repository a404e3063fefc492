package dev.discreet.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as a request presents it, with all that may prove whose it is.
 *
 * @param token as it stands in the request
 * @param dpop what came with it where it stands behind {@code DPoP} (RFC 9449 §7.1), else null
 * @param certificate the thumbprint of the client's certificate on this connection, in the form of
 *     {@code x5t#S256} (RFC 8705 §3.1), or null for none
 */
public record Presented(String token, @Nullable Demonstration dpop, @Nullable String certificate) {
  /** {@return a token that nothing was presented with} */
  public static Presented bearer(String token) {
    return new Presented(token, null, null);
  }

  /**
   * What a proof of possession is held against.
   *
   * @param proofs the values of {@code dpop}: one, if all is well
   * @param method of the request
   * @param url of the request as its client sees it, without query
   */
  public record Demonstration(List<String> proofs, String method, String url) {}
}
