/**
 * Attacks on tokens, as they are published, against the running gateway. Each list is one subject;
 * {@link dev.discreet.attacks.TokenAttacksTest} sends them all.
 */
@NullMarked
package dev.discreet.attacks;

import org.jspecify.annotations.NullMarked;
