/**
 * Small questions to providers: key sets, discovery documents, introspection, tokens of our own.
 * Each is one request on one connection, sent from an event loop and gathered within limits; how
 * what comes back is read is for those who ask.
 */
@NullMarked
package dev.discreet.client;

import org.jspecify.annotations.NullMarked;
