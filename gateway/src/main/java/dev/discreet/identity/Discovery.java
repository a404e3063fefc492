package dev.discreet.identity;

import dev.discreet.client.ConnectionFailure;
import dev.discreet.client.Egress;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.ProviderUrls;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer that says itself where they are: OpenID Connect Discovery 1.0 §4, else RFC
 * 8414 §3. Its answer is remembered for an hour, and asked for again once it leads nowhere. For one
 * event loop.
 */
final class Discovery implements Supplier<CompletableFuture<KeyDocument>> {
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final IssuerConfig issuer;
  private final KeySetFetcher fetcher;
  private final Egress egress;
  private final EventLoop loop;
  private final Ticker ticker;
  private @Nullable URI known;
  private long knownSince;

  Discovery(
      IssuerConfig issuer, KeySetFetcher fetcher, Egress egress, EventLoop loop, Ticker ticker) {
    this.issuer = issuer;
    this.fetcher = fetcher;
    this.egress = egress;
    this.loop = loop;
    this.ticker = ticker;
  }

  @Override
  public CompletableFuture<KeyDocument> get() {
    if (known != null && ticker.nanos() - knownSince < REMEMBERED.toNanos()) {
      return keys(known);
    }
    return ask(openId())
        .exceptionallyCompose(first -> ask(oauth()).exceptionally(next -> bothFailed(first, next)))
        .thenCompose(
            found -> {
              known = found;
              knownSince = ticker.nanos();
              return keys(found);
            });
  }

  private CompletableFuture<KeyDocument> keys(URI url) {
    return fetcher
        .fetch(url, egress, loop)
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                known = null;
              }
            });
  }

  /** Behind the issuer's path, without a slash at its end. */
  private URI openId() {
    return URI.create(issuer.issuer().replaceFirst("/$", "") + OPENID);
  }

  /** Between the issuer's host and its path. */
  private URI oauth() {
    URI url = URI.create(issuer.issuer());
    String path = url.getRawPath().replaceFirst("/$", "");
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + OAUTH + path);
  }

  private CompletableFuture<URI> ask(URI url) {
    return fetcher.fetch(url, egress, loop).thenApply(this::keySetUrl);
  }

  private URI keySetUrl(KeyDocument document) {
    try {
      Map<String, Object> said = StrictJson.object(document.octets(), StrictJson.Unique.AT_THE_TOP);
      if (!issuer.issuer().equals(said.get("issuer"))) {
        throw new IOException("the discovery document is of another issuer");
      }
      if (!(said.get("jwks_uri") instanceof String text)) {
        throw new IOException("the discovery document has no jwks_uri");
      }
      URI url = ProviderUrls.parse(text);
      if (ProviderUrls.cleartext(url) && !issuer.access().insecure()) {
        throw new IOException("the discovery document has a jwks_uri in cleartext");
      }
      return url;
    } catch (RefusedToken e) {
      throw new CompletionException(new IOException("the discovery document is no JSON object", e));
    } catch (IllegalArgumentException e) {
      throw new CompletionException(
          new IOException("the discovery document has a jwks_uri that " + e.getMessage(), e));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static URI bothFailed(Throwable openId, Throwable oauth) {
    throw new CompletionException(
        new IOException(
            "%s: %s; %s: %s"
                .formatted(
                    OPENID, ConnectionFailure.words(openId), OAUTH, ConnectionFailure.words(oauth)),
            oauth));
  }
}
