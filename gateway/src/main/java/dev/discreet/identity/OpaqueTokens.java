package dev.discreet.identity;

/** Text that only its issuer can read. */
final class OpaqueTokens {
  private OpaqueTokens() {}

  /** {@return whether it may be a token at all ({@code b64token}, RFC 6750 §2.1)} */
  static boolean wellFormed(String token) {
    int end = token.length();
    while (end > 0 && token.charAt(end - 1) == '=') {
      end--;
    }
    return end > 0 && token.substring(0, end).chars().allMatch(OpaqueTokens::isPart);
  }

  private static boolean isPart(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-._~+/".indexOf(c) >= 0;
  }
}
