/** What is counted and who is blocked, in memory and in a Redis that may fail. */
@NullMarked
package dev.discreet.guard;

import org.jspecify.annotations.NullMarked;
