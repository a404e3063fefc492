package dev.discreet.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code signIn}. */
final class SignInReader {
  private static final String RETURN = "{return}";

  // A path that begins with // or /\ is another host to a browser.
  private static final String ADDRESS = "(?:https://[^/?#\\\\{}\\s]+(?![^/?#])|/(?![/\\\\]))";
  private static final Pattern URL =
      Pattern.compile(ADDRESS + "[\\x21\\x23-\\x3b\\x3d\\x3f-\\x5b\\x5d-\\x7e]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("[{][^{}]*}|[{}]");

  static final Key<String> KEY =
      Key.optional(
          "signIn",
          Types.parsed(ADDRESS + "(?:[^{}]|\\{return\\})*", SignInReader::url),
          "Where the page of a 401 leads: https: or a path; {return} in it is the request's path and"
              + " query.");

  private SignInReader() {}

  private static String url(String text) {
    if (!URL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be an https: URL or a path of this gateway, such as /login?back={return}");
    }
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      if (!placeholder.group().equals(RETURN)) {
        throw new IllegalArgumentException(
            "has " + placeholder.group() + "; only " + RETURN + " is filled in");
      }
    }
    return text;
  }
}
