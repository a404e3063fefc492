package dev.discreet.config;

import dev.discreet.policy.RequestAccess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code requestAccess}, of the gateway or of a route. */
final class RequestAccessReader {
  private static final Pattern URL =
      Pattern.compile("(?:https://[^/?#\\s]+|mailto:)[\\x21\\x23-\\x3b\\x3d\\x3f-\\x7e]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("[{][^{}]*}|[{}]");

  private static final Key<String> CONTACT =
      Key.optional("contact", Types.TEXT, "Whom to ask: any text.");
  private static final Key<String> ACCESS_URL =
      Key.optional(
          "url",
          Types.parsed(
              "(?:https://[^/?#\\s{}]+|mailto:)(?:[^{}]|\\{resource\\}|\\{permissions\\})*",
              RequestAccessReader::url),
          "https: or mailto:; {resource} and {permissions} in it are filled in.");
  private static final Keys KEYS = Keys.of(CONTACT, ACCESS_URL).atLeastOne(CONTACT, ACCESS_URL);

  static final Key<RequestAccess> KEY =
      Key.optional(
          "requestAccess",
          new Type<>(new Shape.Mapping(KEYS), RequestAccessReader::read),
          "What a 403 says of whom to ask for access.");

  private RequestAccessReader() {}

  private static @Nullable RequestAccess read(Node node) {
    Section s = Section.of(node, KEYS);
    return s.whole() ? new RequestAccess(s.find(CONTACT), s.find(ACCESS_URL)) : null;
  }

  private static String url(String text) {
    if (!URL.matcher(text).matches()) {
      throw new IllegalArgumentException("must be an https: or mailto: URL");
    }
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      if (!placeholder.group().equals("{resource}")
          && !placeholder.group().equals("{permissions}")) {
        throw new IllegalArgumentException(
            "has " + placeholder.group() + "; {resource} and {permissions} are filled in");
      }
    }
    return text;
  }
}
