package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an upstream that is sent its own host sends a client: what names the upstream becomes what
 * the client sees, since the client may not reach the one and knows the other.
 *
 * @param client where the client sees the gateway
 * @param prefix what was taken off the path
 * @param upstream which answers
 */
record Redirects(ClientOrigin client, String prefix, UpstreamConfig upstream) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?//([^/?#]*)(.*)");

  /** {@return the location as the client sees it; what names another place stays} */
  String seen(String location) {
    Matcher parts = ABSOLUTE.matcher(location);
    if (client.authority().isEmpty() || !parts.matches()) {
      return location;
    }
    String own = upstream.tls() == null ? "http" : "https";
    String scheme = parts.group(1) == null ? own : parts.group(1).toLowerCase(Locale.ROOT);
    String rest = parts.group(3);
    if (!scheme.equals(own) || !isOwn(parts.group(2), scheme) || !isBelowBase(rest)) {
      return location;
    }
    return client + prefix + rest.substring(upstream.basePath().length());
  }

  private boolean isOwn(String authority, String scheme) {
    String wanted = withPort(authority, scheme);
    return upstream.addresses().stream()
        .anyMatch(address -> withPort(address.authority(), scheme).equals(wanted));
  }

  private static String withPort(String authority, String scheme) {
    String lower = authority.toLowerCase(Locale.ROOT);
    boolean bare = lower.indexOf(':', lower.lastIndexOf(']') + 1) < 0;
    return bare ? lower + (scheme.equals("https") ? ":443" : ":80") : lower;
  }

  private boolean isBelowBase(String rest) {
    String base = upstream.basePath();
    return rest.startsWith(base)
        && (rest.length() == base.length() || "/?#".indexOf(rest.charAt(base.length())) >= 0);
  }
}
