/** The gateway in front of identity providers that others made. */
@NullMarked
package dev.discreet.provider;

import org.jspecify.annotations.NullMarked;
