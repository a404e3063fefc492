package dev.discreet.upstream;

/**
 * What is asked for, and all that a probe says.
 *
 * @param upstream the upstream's name
 * @param host the resource's host, or empty
 * @param path in the canonical encoding
 * @param caller as whom it is asked, by a fingerprint, or empty for the gateway itself
 */
record ProbeKey(String upstream, String host, String path, String caller) {
  /** {@return the same, asked as a caller} */
  ProbeKey as(String other) {
    return new ProbeKey(upstream, host, path, other);
  }

  /** {@return how many characters a caller chose of it} */
  int length() {
    return host.length() + path.length();
  }
}
