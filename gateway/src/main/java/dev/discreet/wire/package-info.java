/**
 * HTTP/1.1 on the wire (RFC 9112), read strictly: what two programs could read differently is
 * refused and never repaired. One grammar serves both what clients send and what upstreams answer.
 */
@NullMarked
package dev.discreet.wire;

import org.jspecify.annotations.NullMarked;
