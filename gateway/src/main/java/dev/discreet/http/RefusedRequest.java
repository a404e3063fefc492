package dev.discreet.http;

import dev.discreet.policy.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A request that step 1 or 2 refuses. The refusal waits for the route, since one that observes lets
 * it pass.
 *
 * @param caller who calls: anonymous where the credential is refused
 * @param expiredSubject whose credential it is that has merely expired, else null
 * @param refusal what is answered otherwise
 */
record RefusedRequest(
    Exchange exchange,
    RequestTarget target,
    Caller caller,
    @Nullable String expiredSubject,
    Answer refusal) {}
