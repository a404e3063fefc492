/**
 * Asking a policy what it means, before it is rolled out and after.
 *
 * <p>{@link dev.discreet.ask.Policy} puts an {@link dev.discreet.ask.Inquiry} to the gateway's own
 * parts: the stations that refuse a request, the {@link dev.discreet.policy.Authorizer} that
 * decides, the one place that words answers. Nothing here decides anything, so what {@code
 * explain}, {@code test} and {@code table} say is what {@code run} does.
 */
@NullMarked
package dev.discreet.ask;

import org.jspecify.annotations.NullMarked;
