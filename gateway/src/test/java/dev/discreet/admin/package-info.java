/** The operator's listener, over a socket. */
@NullMarked
package dev.discreet.admin;

import org.jspecify.annotations.NullMarked;
