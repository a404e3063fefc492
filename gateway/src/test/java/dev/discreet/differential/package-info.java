/** What is sent upstream, as the parsers of other programs read it. */
@NullMarked
package dev.discreet.differential;

import org.jspecify.annotations.NullMarked;
