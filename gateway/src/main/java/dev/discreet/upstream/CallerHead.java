package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * What a probe as a caller carries: what a forwarded request would say of him, beside what the
 * upstream's probes say.
 */
public final class CallerHead {
  private final HttpHeaders headers;
  private final String subject;

  /**
   * Says it.
   *
   * @param subject who the caller is, whatever his token
   */
  CallerHead(HttpHeaders headers, String subject) {
    this.headers = headers;
    this.subject = subject;
  }

  String subject() {
    return subject;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** {@return what tells one caller, by one token, from every other} */
  String fingerprint() {
    MessageDigest digest = sha256();
    for (Map.Entry<String, String> field : headers) {
      digest.update(
          (field.getKey() + ":" + field.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
