/**
 * The way to the upstreams: connections pooled per event loop, requests forwarded and answers
 * relayed in streams, and the probe that asks whether a resource exists.
 */
@NullMarked
package dev.discreet.upstream;

import org.jspecify.annotations.NullMarked;
