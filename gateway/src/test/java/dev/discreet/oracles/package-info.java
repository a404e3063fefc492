/**
 * Every oracle of existence of {@code corpora/oracles.md}, by its number: {@link
 * dev.discreet.oracles.OraclesTest}.
 */
@NullMarked
package dev.discreet.oracles;

import org.jspecify.annotations.NullMarked;
