/** The gateway between clients and servers by others. */
@NullMarked
package dev.discreet.peers;

import org.jspecify.annotations.NullMarked;
