/**
 * The journey of a request. {@link dev.discreet.http.GatewayPipeline} lists its stations in order;
 * each hands a more telling message to the next, so that none can be passed over: {@link
 * dev.discreet.http.Exchange} → {@link dev.discreet.http.TargetedRequest} → {@link
 * dev.discreet.http.IdentifiedRequest} → {@link dev.discreet.http.PermittedRequest}. Any station
 * may end the journey by writing an {@link dev.discreet.http.Answer}.
 *
 * <p>What a station needs of the configuration it takes from the exchange's {@link
 * dev.discreet.http.Snapshot}, so that a request sees one of them from start to end, though {@link
 * dev.discreet.http.ConfigReloader} may swap in the next meanwhile.
 *
 * <p>An exchange lives on one event loop. The body is pulled by who consumes it, and by nobody
 * before the decision.
 */
@NullMarked
package dev.discreet.http;

import org.jspecify.annotations.NullMarked;
