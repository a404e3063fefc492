package dev.discreet.identity;

import dev.discreet.config.IssuerConfig.KeySource;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Where key sets come from: each call of a source reads it once more, and blocks nobody. */
final class KeySources {
  private KeySources() {}

  static Supplier<CompletableFuture<KeyDocument>> of(
      KeySource source, KeySetFetcher fetcher, EventLoop loop) {
    return switch (source) {
      case KeySource.Remote remote -> () -> fetcher.fetch(remote.url(), loop);
      case KeySource.Local local -> () -> read(local.file());
    };
  }

  /** A file may be slow: it is read on a thread of its own. */
  private static CompletableFuture<KeyDocument> read(Path file) {
    CompletableFuture<KeyDocument> document = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("key-file")
        .start(
            () -> {
              try (InputStream in = Files.newInputStream(file)) {
                byte[] octets = in.readNBytes(KeyDocument.MOST_OCTETS + 1);
                if (octets.length > KeyDocument.MOST_OCTETS) {
                  throw new IOException(file + " has more than 512 KiB");
                }
                document.complete(new KeyDocument(octets, KeyDocument.USUALLY_FRESH));
              } catch (IOException e) {
                document.completeExceptionally(e);
              }
            });
    return document;
  }
}
