package dev.discreet.ask;

/** Text for a terminal: steps, and what they found, indented. */
final class Lines {
  private static final int LABEL = 14;

  private final StringBuilder text = new StringBuilder();

  void step(String label, String found) {
    add(label + " ".repeat(Math.max(1, LABEL - label.length())) + found);
  }

  void detail(String found) {
    add(" ".repeat(LABEL) + found);
  }

  void deeper(String found) {
    detail("  " + found);
  }

  void add(String line) {
    line.codePoints()
        .forEach(
            c -> {
              // What a claim holds must not drive the terminal.
              if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    text.append(System.lineSeparator());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
