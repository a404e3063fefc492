package dev.discreet.identity;

import dev.discreet.client.ProviderClient;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.Introspection;
import dev.discreet.config.IssuerConfig.KeySource;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.channel.EventLoop;
import java.time.Clock;

/** Makes what asks issuers, each on an event loop of its own. */
record IssuerSources(
    ProviderClient client, IdentityTransport transport, TokenMetrics events, Clock clock)
    implements Issuers.Sources {
  @Override
  public IssuerKeys keysOf(IssuerConfig issuer, KeySource keys) {
    EventLoop loop = transport.loops().next();
    var source = KeySources.of(issuer, keys, new KeySetFetcher(client), loop);
    return new IssuerKeys(issuer, source, loop, events, clock, System::nanoTime);
  }

  @Override
  public Introspector introspectorOf(IssuerConfig issuer, Introspection introspection) {
    return new Introspector(issuer, introspection, client, transport.loops().next(), clock);
  }
}
