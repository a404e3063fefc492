/**
 * The demo: an API and an identity server on loopback ports, and a tour of the decision table. For
 * trying the gateway; {@code run} never loads any of it.
 */
@NullMarked
package dev.discreet.demo;

import org.jspecify.annotations.NullMarked;
