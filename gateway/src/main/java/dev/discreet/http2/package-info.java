/**
 * HTTP/2 (RFC 9113): connections by Netty's codec under limits of our own, and streams as the same
 * messages that a connection of HTTP/1.1 brings. What a head may be is read here, strictly: {@link
 * dev.discreet.http2.FieldList} keeps it as it came, {@link dev.discreet.http2.RequestFields} makes
 * a request of it or refuses it.
 */
@NullMarked
package dev.discreet.http2;

import org.jspecify.annotations.NullMarked;
