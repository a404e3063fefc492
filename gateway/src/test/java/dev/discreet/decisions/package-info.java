/** The core as data: configurations, callers, and what each of them is answered. */
@NullMarked
package dev.discreet.decisions;

import org.jspecify.annotations.NullMarked;
