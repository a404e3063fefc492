/** Tests of what HTTP/2 says as messages of HTTP/1.1. */
@NullMarked
package dev.discreet.http2;

import org.jspecify.annotations.NullMarked;
