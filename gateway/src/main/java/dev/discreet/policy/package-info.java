/**
 * The decision, without I/O.
 *
 * <p>{@link dev.discreet.policy.Authorizer} finds the route, then the rights of the caller on the
 * resource, and returns a {@link dev.discreet.policy.Verdict}: either settled, or a question
 * whether the resource exists. The question is asked only for a caller who may know the answer;
 * there is no other way to a probe. Nothing here blocks, reads a clock or knows a protocol.
 */
@NullMarked
package dev.discreet.policy;

import org.jspecify.annotations.NullMarked;
