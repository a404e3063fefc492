/** The image, as an operator runs it. */
@NullMarked
package dev.discreet.container;

import org.jspecify.annotations.NullMarked;
