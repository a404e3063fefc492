/**
 * The commands (SPEC §5), one class each. What a command was asked to print goes to stdout, what
 * went wrong to stderr; the exit code is 2 for wrong usage or a bad configuration, 1 for anything
 * else that failed.
 */
@NullMarked
package dev.discreet.cli;

import org.jspecify.annotations.NullMarked;
