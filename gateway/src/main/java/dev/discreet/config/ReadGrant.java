package dev.discreet.config;

import dev.discreet.policy.Grant;
import dev.discreet.policy.ResourcePattern;
import java.util.List;
import java.util.Set;

/**
 * A grant, and what it gives in words.
 *
 * @param resources its patterns, and where each stands
 */
record ReadGrant(Grant grant, Gift gift, List<Located<ResourcePattern>> resources) {
  /**
   * What is given.
   *
   * @param token whether it is what the token carries
   * @param permissions those named, roles resolved
   */
  record Gift(boolean token, Set<String> permissions) {}
}
