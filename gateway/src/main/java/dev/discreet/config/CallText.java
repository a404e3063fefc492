package dev.discreet.config;

/** Where a name or call in a condition ends. */
final class CallText {
  private CallText() {}

  /**
   * {@return the index behind the name at {@code offset} and the arguments that follow it, in code
   * points} Either may be missing.
   */
  static int end(String text, int offset) {
    int[] characters = text.codePoints().toArray();
    int from = offset;
    while (from < characters.length
        && (Character.isLetterOrDigit(characters[from])
            || characters[from] == '_'
            || characters[from] == '.')) {
      from++;
    }
    return from < characters.length && characters[from] == '(' ? closed(characters, from) : from;
  }

  /** Parentheses in texts do not count. */
  private static int closed(int[] characters, int open) {
    int depth = 0;
    int quote = 0;
    for (int at = open; at < characters.length; at++) {
      int c = characters[at];
      if (quote != 0) {
        at += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0) {
          return at + 1;
        }
      }
    }
    return characters.length;
  }
}
