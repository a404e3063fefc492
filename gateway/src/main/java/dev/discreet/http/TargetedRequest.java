package dev.discreet.http;

/** A request of which every reader reads the same target. */
record TargetedRequest(Exchange exchange, RequestTarget target) {}
