package dev.discreet.config;

import dev.discreet.policy.Requirement;
import dev.discreet.policy.StepUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads {@code acr} and {@code maxAge} of a route. */
final class StepUpReader {
  // What a challenge can list, separated by spaces and quoted.
  private static final String ACR_PATTERN = "[\\x21\\x23-\\x5b\\x5d-\\x7e]+";

  static final Key<List<String>> ACR =
      new Key<>(
          "acr",
          Types.listOf(Types.parsed(ACR_PATTERN, StepUpReader::acr)),
          false,
          List.of(),
          null,
          "Values of the claim acr of which one is needed, in order of preference.");
  static final Key<Duration> MAX_AGE =
      Key.optional(
          "maxAge",
          Types.parsed("(?=0*[1-9])(?:[0-9]{1,12}[smh]|[0-9]{1,9}000ms)", StepUpReader::maxAge),
          "How old the claim auth_time may be, in whole seconds; a missing one is too old.");

  private StepUpReader() {}

  /** {@return what a route asks of callers whose methods are {@code methods}} */
  static StepUp read(Section route, Map<String, Located<Requirement>> methods) {
    StepUp asked = new StepUp(route.get(ACR), route.find(MAX_AGE));
    if (!asked.equals(StepUp.NONE)) {
      methods.values().forEach(StepUpReader::requireNotPublic);
    }
    return asked;
  }

  private static void requireNotPublic(Located<Requirement> asked) {
    if (asked.value() instanceof Requirement.Public) {
      asked.at().error("can't stand beside acr or maxAge, which nobody meets without a token");
    }
  }

  private static String acr(String text) {
    if (!text.matches(ACR_PATTERN)) {
      throw new IllegalArgumentException(
          "is nothing that a challenge can list: printable ASCII without spaces, \" and \\");
    }
    return text;
  }

  private static Duration maxAge(String text) {
    Duration age = Durations.parsePositive(text);
    if (age.toMillisPart() != 0) {
      throw new IllegalArgumentException("must be whole seconds: challenges can't say less");
    }
    return age;
  }
}
