package dev.discreet.http;

/**
 * A request whose credential is refused. The refusal waits for the route, since one that observes
 * lets it pass.
 *
 * @param refusal what is answered otherwise
 */
record RefusedRequest(Exchange exchange, RequestTarget target, Answer refusal) {}
