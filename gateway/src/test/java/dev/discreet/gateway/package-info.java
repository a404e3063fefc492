/** The whole gateway over sockets, in front of an API that counts what reaches it. */
@NullMarked
package dev.discreet.gateway;

import org.jspecify.annotations.NullMarked;
