package dev.discreet.http;

import dev.discreet.policy.Caller;
import dev.discreet.policy.Decision;

/** A request that may go on, with the permit that says so. */
record PermittedRequest(
    Exchange exchange, RequestTarget target, Caller caller, Decision.Forward permit) {}
