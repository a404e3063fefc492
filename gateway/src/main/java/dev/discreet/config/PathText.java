package dev.discreet.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What templates of routes and patterns of grants have in common: plain text between slashes. */
final class PathText {
  /** A look ahead that no path fails: no escape, query, fragment, control, dot segment or gap. */
  static final String LEGAL =
      "(?=/)(?![\\s\\S]*(?:%[0-9A-Fa-f]{2}|[?#\\x00-\\x1f\\x7f-\\x9f]|/\\.{1,2}(?:/|$)|//))";

  private static final Pattern REGEX =
      Pattern.compile("^\\^|\\$$|\\\\|\\.[*+]|\\[[^]]*]|\\(\\?|\\([^)]*\\|[^)]*\\)");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  private PathText() {}

  /**
   * {@return the segments of a path; a trailing slash is an empty one at the end}
   *
   * @throws IllegalArgumentException if it can't be a path of plain text
   */
  static List<String> segments(String text) {
    refuseRegex(text);
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("must begin with /");
    }
    if (ESCAPE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "is percent-encoded; write it decoded, as plain text: %41 is A");
    }
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw new IllegalArgumentException("has a query or fragment; only the path is matched");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("has a control character, which no request may have");
    }
    List<String> segments = Arrays.asList(text.substring(1).split("/", -1));
    refuseDotsAndGaps(segments);
    return segments;
  }

  private static void refuseRegex(String text) {
    Matcher regex = REGEX.matcher(text);
    if (regex.find()) {
      throw new IllegalArgumentException(
          "looks like a regular expression ("
              + regex.group()
              + "); use {name} for one segment and ** as the last for what is left");
    }
  }

  private static void refuseDotsAndGaps(List<String> segments) {
    if (segments.contains(".") || segments.contains("..")) {
      throw new IllegalArgumentException("has a dot segment, which no request may have");
    }
    if (segments.subList(0, segments.size() - 1).contains("")) {
      throw new IllegalArgumentException("has an empty segment (//); only the last may be empty");
    }
  }

  /**
   * {@return the name in <code>{name}</code>}
   *
   * @throws IllegalArgumentException if the segment is something else with braces
   */
  static String variable(String segment) {
    Matcher matcher = NAME.matcher(segment);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "has a segment "
              + segment
              + "; a variable is a whole segment {name} of letters, digits, _ and -");
    }
    return matcher.group(1);
  }

  static boolean hasBraces(String segment) {
    return segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0;
  }

  /**
   * Checks that <code>**</code> is the last segment.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void requireLast(int index, List<String> segments) {
    if (index != segments.size() - 1) {
      throw new IllegalArgumentException("has ** before its end; it stands for what is left, last");
    }
  }
}
