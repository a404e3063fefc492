package dev.discreet.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Files in PEM that a configuration names: read with it, and again when they change. */
final class PemFiles {
  private static final int MOST_OCTETS = 512 << 10;

  /** At least one certificate. */
  static final Type<Held<List<X509Certificate>>> CERTIFICATES = file(Pem::certificates);

  /** A private key, to be read once its certificate is known. */
  static final Type<Located<Held<String>>> KEY = Types.located(file(Function.identity()));

  /** A file, and what it holds. */
  record Held<T>(Path file, T content) {}

  private PemFiles() {}

  /** {@return the key, which is that of the certificate; null after a problem} */
  static @Nullable PrivateKey key(Located<Held<String>> file, X509Certificate certificate) {
    try {
      return Pem.key(file.value().content(), certificate);
    } catch (IllegalArgumentException e) {
      file.at().error("the file " + file.value().file() + " " + e.getMessage());
      return null;
    }
  }

  private static <T> Type<Held<T>> file(Function<String, T> parser) {
    return new Type<>(
        Shape.TEXT,
        node -> {
          Path file = Secrets.path(node);
          String content = file == null ? null : Secrets.content(node, file, MOST_OCTETS);
          if (file == null || content == null) {
            return null;
          }
          try {
            return new Held<>(file, parser.apply(content));
          } catch (IllegalArgumentException e) {
            node.error("the file " + file + " " + e.getMessage());
            return null;
          }
        });
  }
}
