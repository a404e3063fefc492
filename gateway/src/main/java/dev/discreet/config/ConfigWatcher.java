package dev.discreet.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a configuration's files have changed, and reads them once they have come to rest. It
 * looks when it is asked to, and is told the time; for one thread.
 */
public final class ConfigWatcher {
  /** How long nothing may have changed before a change is read. */
  static final Duration REST = Duration.ofMillis(200);

  private final Path folder;
  private final Map<String, String> environment;
  private final Predicate<String> isKeySet;
  private Set<Path> files = Set.of();
  private Fingerprint read = Fingerprint.NOTHING;
  private Fingerprint seen = Fingerprint.NOTHING;
  private long seenNanos;

  /**
   * Watches a folder.
   *
   * @param environment what <code>${NAME}</code> reads
   * @param isKeySet whether the text of a file is a key set
   */
  public ConfigWatcher(Path folder, Map<String, String> environment, Predicate<String> isKeySet) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.isKeySet = isKeySet;
  }

  /** {@return what the files hold now} It blocks on them; what changes meanwhile is noticed. */
  public LoadResult load() {
    ConfigLoader.Reading reading;
    Set<Path> known;
    do {
      known = files;
      read = fingerprint();
      seen = read;
      reading = ConfigLoader.read(folder, environment, isKeySet, null);
      files = reading.files();
      // A file that was not known before may have changed before its fingerprint was taken.
    } while (!files.equals(known));
    return reading.result();
  }

  /**
   * Looks at the files, and reads them if they have changed and come to rest.
   *
   * @param nanos a moment, by a clock that only goes forward
   * @param running what is in force: what it can't change without a restart must be the same
   * @return what they hold, or null where there is nothing new, or not yet
   */
  public @Nullable LoadResult poll(long nanos, GatewayConfig running) {
    Fingerprint now = fingerprint();
    if (!now.equals(seen)) {
      seen = now;
      seenNanos = nanos;
      return null;
    }
    if (now.equals(read) || nanos - seenNanos < REST.toNanos()) {
      return null;
    }
    ConfigLoader.Reading reading = ConfigLoader.read(folder, environment, isKeySet, running);
    Set<Path> known = files;
    files = toWatch(reading);
    if (!files.equals(known) || !fingerprint().equals(now)) {
      // Something changed, or could have changed unseen, while it was read: once more, at rest.
      return null;
    }
    read = now;
    return reading.result();
  }

  /** What is broken may not have come to name all files that it needs: none is lost of sight. */
  private Set<Path> toWatch(ConfigLoader.Reading reading) {
    return switch (reading.result()) {
      case LoadResult.Loaded _ -> reading.files();
      case LoadResult.Broken _ -> {
        Set<Path> all = new HashSet<>(files);
        all.addAll(reading.files());
        yield Set.copyOf(all);
      }
    };
  }

  private Fingerprint fingerprint() {
    return Fingerprint.of(folder, files);
  }
}
