/** What the tests share. */
@NullMarked
package dev.discreet.testing;

import org.jspecify.annotations.NullMarked;
