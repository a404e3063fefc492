package dev.discreet.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is, and as whom it is asked.
 *
 * @param tls whether it is asked by TLS, its certificate verified by the system's trust
 * @param host a name or an address
 * @param user the user of its ACL; null for its default user
 * @param password null for none
 * @param database its number
 */
public record RedisUrl(
    boolean tls,
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    int database) {
  static final String PATTERN =
      "redis(?<tls>s?)://(?:(?<user>(?:[^%:@/\\s]|%[0-9A-Fa-f]{2})*):(?<password>(?:[^%@/\\s]|%[0-9A-Fa-f]{2})+)@)?"
          + "(?<host>\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?"
          + "(?:/(?<database>[0-9]{1,5})?)?";
  private static final Pattern URL = Pattern.compile(PATTERN);
  private static final int STANDARD_PORT = 6379;

  /**
   * {@return the parts of a URL} User and password are percent-encoded in it.
   *
   * @throws IllegalArgumentException if it is none of a Redis
   */
  static RedisUrl parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "is not a URL such as redis://user:password@redis:6379/0, or rediss: for TLS");
    }
    String host = url.group("host");
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
      if (Addresses.literal(host) == null) {
        throw new IllegalArgumentException("has no IPv6 address between its brackets");
      }
    }
    String port = url.group("port");
    String database = url.group("database");
    return new RedisUrl(
        !url.group("tls").isEmpty(),
        host,
        port == null ? STANDARD_PORT : Addresses.port(port),
        decoded(url.group("user")),
        decoded(url.group("password")),
        database == null ? 0 : Integer.parseInt(database));
  }

  private static @Nullable String decoded(@Nullable String text) {
    return text == null || text.isEmpty()
        ? null
        : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** {@return where it is, and no secret} */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }
}
