package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.guard.Guard;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.policy.Authorizer;
import dev.discreet.upstream.RequestHeads;
import dev.discreet.upstream.Upstreams;
import dev.discreet.wire.DecoderLimits;
import org.jspecify.annotations.Nullable;

/**
 * All that follows from one configuration. A request sees one of them from start to end: it takes
 * the current one when its head is there, and asks nobody else.
 *
 * @param config the configuration
 * @param tls how each listener speaks TLS
 * @param headLimits of a request's head
 * @param verifier who calls?
 * @param guard are they over a limit?
 * @param upstreams where permitted requests and probes go
 * @param authorizer may they?
 * @param answers what the gateway says itself
 * @param cors what answers say to pages of other origins, or null where that is the upstreams'
 * @param requestHeads the heads that are sent upstream
 */
record Snapshot(
    GatewayConfig config,
    TlsContexts tls,
    DecoderLimits headLimits,
    TokenVerifier verifier,
    Guard guard,
    Upstreams upstreams,
    Authorizer authorizer,
    Answers answers,
    @Nullable Cors cors,
    RequestHeads requestHeads) {}
