package dev.discreet.differential;

/**
 * A request, and what a strict reader makes of it, if it takes it for one.
 *
 * @param octets as they are sent, a character each
 * @param method that it means
 * @param target path and query that it means
 * @param host that it names; empty where it names none
 * @param caller whose token it carries; empty where it carries none
 * @param body that it carries, without its framing
 * @param complete whether anything follows its last octet that belongs to it
 */
record Generated(
    String octets,
    String method,
    String target,
    String host,
    String caller,
    String body,
    boolean complete) {
  /** {@return the same, with the host that is named for it where it names none} */
  Generated named(String other) {
    return host.isEmpty()
        ? new Generated(octets, method, target, other, caller, body, complete)
        : this;
  }
}
