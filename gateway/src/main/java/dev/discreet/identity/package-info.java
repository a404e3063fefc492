/**
 * Who calls: from a token to a {@link dev.discreet.policy.Caller}, or to the first reason why not.
 * {@link dev.discreet.identity.TokenVerifier} reads a token strictly, finds its issuer's keys,
 * checks signature and claims, and remembers what it verified.
 */
@NullMarked
package dev.discreet.identity;

import org.jspecify.annotations.NullMarked;
