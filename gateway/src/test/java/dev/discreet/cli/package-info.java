/** The commands by what they print and the code they exit with. */
@NullMarked
package dev.discreet.cli;

import org.jspecify.annotations.NullMarked;
