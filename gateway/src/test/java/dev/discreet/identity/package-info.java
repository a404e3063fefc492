/** Tokens and keys, good and forged. */
@NullMarked
package dev.discreet.identity;

import org.jspecify.annotations.NullMarked;
