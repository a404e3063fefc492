/**
 * The grammar of HTTP/1.1 (RFC 9112), read strictly.
 *
 * <p>Two programs that read the same octets differently are how requests are smuggled. So nothing
 * is repaired here: octets follow the grammar, or they become one {@link
 * dev.discreet.wire.Malformed} and nothing after it is looked at (SPEC §7). Knows Netty and nothing
 * of the gateway.
 */
@NullMarked
package dev.discreet.wire;

import org.jspecify.annotations.NullMarked;
