package dev.discreet.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** URLs of providers: of keys, of discovery, of introspection, of tokens. */
public final class ProviderUrls {
  static final String PATTERN = "https?://[^\\s#/?@]+(?:[/?][^\\s#]*)?";

  /** A URL that is shown in messages only where no password is in it. */
  static final Type<URI> TYPE = new Type<>(new Shape.Text(PATTERN), ProviderUrls::read);

  private ProviderUrls() {}

  static @Nullable URI read(Node node) {
    return isShowable(node) ? node.parse(ProviderUrls::parse) : null;
  }

  /** {@return whether no password is in it, which is reported otherwise} */
  static boolean isShowable(Node node) {
    String text = node.text();
    if (text == null) {
      return false;
    }
    boolean holdsUser = text.matches("[A-Za-z]+://[^/?#]*@.*");
    if (holdsUser) {
      node.errorUnshown("holds a user or a password, which is sent to nobody; remove it");
    }
    return !holdsUser;
  }

  /**
   * {@return the URL}
   *
   * @throws IllegalArgumentException if it can't be asked; the message goes behind the URL
   */
  public static URI parse(String text) {
    try {
      URI url = new URI(text);
      boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
        throw new IllegalArgumentException("must be an https: URL");
      }
      if (url.getPort() > 65535 || url.getRawFragment() != null) {
        throw new IllegalArgumentException("has an impossible port or a fragment");
      }
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
    }
  }

  /** {@return whether what is asked and answered there can be read on the way} */
  public static boolean cleartext(URI url) {
    String host = url.getHost().replace("[", "").replace("]", "");
    return !"https".equals(url.getScheme()) && !Addresses.loopback(host);
  }
}
