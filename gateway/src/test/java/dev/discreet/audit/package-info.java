/**
 * The judge, against servers that tell one thing each, against one that tells nothing, and ours.
 */
@NullMarked
package dev.discreet.audit;

import org.jspecify.annotations.NullMarked;
