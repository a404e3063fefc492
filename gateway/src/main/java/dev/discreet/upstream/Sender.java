package dev.discreet.upstream;

import dev.discreet.config.TokenSource;
import dev.discreet.policy.Caller;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param peer at the other end of the connection
 * @param scheme of the listener, {@code http} or {@code https}
 * @param caller who calls
 * @param token where in the request the token stands that says so, or null for nobody known
 */
public record Sender(InetAddress peer, String scheme, Caller caller, @Nullable TokenSource token) {}
