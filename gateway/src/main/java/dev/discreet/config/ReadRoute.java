package dev.discreet.config;

import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route, and where its parts stand.
 *
 * @param path where its path stands
 * @param resource where a resource of its own stands, or null
 * @param methods what it asks, and where that stands
 * @param knownTo where that stands, or null
 * @param name where a name of its own stands, or null
 */
record ReadRoute(
    Route route,
    Node path,
    @Nullable Node resource,
    Map<String, Located<Requirement>> methods,
    @Nullable Node knownTo,
    @Nullable Node name) {}
