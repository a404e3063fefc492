/**
 * Who asked for too much that is not there for him (SPEC §2, step 2; CONFIGURATION.md, guard).
 *
 * <p>Each refusal is charged to one {@link dev.discreet.guard.Account}: that of a caller whose
 * token was verified, else that of an address. So many within a window, and the account is blocked
 * for a while. Nothing here knows what was asked for: what is hidden and what is missing are
 * charged by the same few instructions.
 */
@NullMarked
package dev.discreet.guard;

import org.jspecify.annotations.NullMarked;
