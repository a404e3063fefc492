package dev.discreet.http;

import dev.discreet.policy.Caller;

/** A request whose caller is known, or known to be anonymous. */
record IdentifiedRequest(Exchange exchange, RequestTarget target, Caller caller) {}
