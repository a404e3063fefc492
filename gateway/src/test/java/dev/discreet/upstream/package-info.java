/** The way to the upstreams, tried against servers that speak octet by octet. */
@NullMarked
package dev.discreet.upstream;

import org.jspecify.annotations.NullMarked;
