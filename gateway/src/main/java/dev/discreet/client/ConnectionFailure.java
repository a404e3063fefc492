package dev.discreet.client;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why another server could not be asked, in words for the log. */
public final class ConnectionFailure {
  /** As {@code error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL}. */
  private static final Pattern BORING_SSL =
      Pattern.compile("error:\\p{XDigit}+:[^:]*:OPENSSL_internal:(\\w+)");

  private ConnectionFailure() {}

  /** {@return the words for whatever {@link ProviderClient} fails with} */
  public static String words(Throwable cause) {
    Throwable root =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    return switch (root) {
      case ConnectException refused -> connecting(refused);
      case UnknownHostException unknown -> "no such host: " + unknown.getMessage();
      case IOException own when own.getClass() == IOException.class ->
          String.valueOf(own.getMessage());
      default -> ofTls(root) ? "no TLS: " + handshake(root) : root.toString();
    };
  }

  /** {@return the system's words, without those that the native transport puts before them} */
  public static String connecting(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    return "can't connect: " + said.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "");
  }

  /** {@return the innermost words: they are those of the certificate check or of the alert} */
  public static String handshake(Throwable cause) {
    Throwable inner = cause;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      inner = next;
    }
    if (inner instanceof NotSslRecordException) {
      // Its message is all that was received, in hexadecimal.
      return "what answered does not speak TLS";
    }
    @Nullable String said = inner.getMessage();
    if (said == null) {
      return "the connection ended within the handshake";
    }
    Matcher boring = BORING_SSL.matcher(said);
    return boring.matches() ? boring.group(1).replace('_', ' ').toLowerCase(Locale.ROOT) : said;
  }

  /** Netty's decoder wraps what the handshake fails with. */
  private static boolean ofTls(Throwable cause) {
    return cause instanceof SSLException || cause.getCause() instanceof SSLException;
  }
}
