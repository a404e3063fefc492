package dev.discreet.ask;

import dev.discreet.policy.Existence;
import dev.discreet.policy.Verdict;

/** What would be answered: one thing, or one for each answer to the question of existence. */
public sealed interface Ruling {
  /** It does not depend on whether the resource exists, and nobody asks. */
  record Settled(Reply reply) implements Ruling {}

  /** The upstream is asked. */
  record Depends(Verdict.AskExistence question, Reply present, Reply absent, Reply unknown)
      implements Ruling {}

  /** {@return what is answered if it is so} */
  default Reply when(Existence existence) {
    return switch (this) {
      case Settled settled -> settled.reply();
      case Depends depends ->
          switch (existence) {
            case PRESENT -> depends.present();
            case ABSENT -> depends.absent();
            case UNKNOWN -> depends.unknown();
          };
    };
  }
}
