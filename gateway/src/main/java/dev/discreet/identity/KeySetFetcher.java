package dev.discreet.identity;

import dev.discreet.client.Egress;
import dev.discreet.client.ProviderAnswer;
import dev.discreet.client.ProviderClient;
import dev.discreet.client.ProviderRequest;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Fetches documents of issuers: key sets, and where these are. */
final class KeySetFetcher {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String ACCEPT = "application/jwk-set+json, application/json";

  private final ProviderClient client;
  private final Duration patience;

  KeySetFetcher(ProviderClient client) {
    this(client, PATIENCE);
  }

  /** For tests that wait less long. */
  KeySetFetcher(ProviderClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /** {@return the document, or why there is none; completed on {@code loop}} */
  CompletableFuture<KeyDocument> fetch(URI url, Egress egress, EventLoop loop) {
    return client
        .send(ProviderRequest.get(url, ACCEPT, patience), egress, loop)
        .thenApply(KeySetFetcher::document);
  }

  private static KeyDocument document(ProviderAnswer answer) {
    try {
      return new KeyDocument(answer.requireOk().body(), Freshness.of(answer.headers()));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
