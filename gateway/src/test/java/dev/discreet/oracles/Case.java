package dev.discreet.oracles;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * A test of one oracle.
 *
 * @param oracle its number in {@code corpora/oracles.md}
 */
record Case(int oracle, String title, Executable check) {
  DynamicTest test() {
    return DynamicTest.dynamicTest("oracle " + oracle + ", " + title, check);
  }
}
