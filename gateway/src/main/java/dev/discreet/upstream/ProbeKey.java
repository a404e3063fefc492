package dev.discreet.upstream;

/**
 * What is asked for, and all that a probe says.
 *
 * @param upstream the upstream's name
 * @param host the resource's host, or empty
 * @param path in the canonical encoding
 */
record ProbeKey(String upstream, String host, String path) {
  /** {@return how many characters a caller chose of it} */
  int length() {
    return host.length() + path.length();
  }
}
