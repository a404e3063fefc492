/** What a gateway lives through while it serves: changes, restarts, rotations, time. */
@NullMarked
package dev.discreet.life;

import org.jspecify.annotations.NullMarked;
