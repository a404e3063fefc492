package dev.discreet.identity;

import dev.discreet.client.Egress;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.KeySource;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Where key sets come from: each call of a source reads it once more, and blocks nobody. */
final class KeySources {
  private KeySources() {}

  static Supplier<CompletableFuture<KeyDocument>> of(
      IssuerConfig issuer, KeySource source, KeySetFetcher fetcher, EventLoop loop) {
    return switch (source) {
      case KeySource.Remote remote -> {
        Egress egress = Providers.egress(issuer);
        yield () -> fetcher.fetch(remote.url(), egress, loop);
      }
      case KeySource.Discovered _ ->
          new Discovery(issuer, fetcher, Providers.egress(issuer), loop, System::nanoTime);
      case KeySource.Local local -> () -> read(local);
    };
  }

  /** What the file holds is part of the configuration, and changes with it. */
  private static CompletableFuture<KeyDocument> read(KeySource.Local local) {
    return CompletableFuture.completedFuture(
        new KeyDocument(
            local.content().getBytes(StandardCharsets.UTF_8), KeyDocument.USUALLY_FRESH));
  }
}
