/** The core as data: configuration, callers, and what each of them is answered. */
@NullMarked
package dev.discreet.decisions;

import org.jspecify.annotations.NullMarked;
