@NullMarked
package dev.discreet.ask;

import org.jspecify.annotations.NullMarked;
