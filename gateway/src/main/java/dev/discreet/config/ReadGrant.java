package dev.discreet.config;

import dev.discreet.policy.Grant;
import java.util.Set;

/**
 * A grant, and what it gives in words.
 *
 * @param resources where its patterns stand
 */
record ReadGrant(Grant grant, Gift gift, Node resources) {
  /**
   * What is given.
   *
   * @param token whether it is what the token carries
   * @param permissions those named, roles resolved
   */
  record Gift(boolean token, Set<String> permissions) {}
}
