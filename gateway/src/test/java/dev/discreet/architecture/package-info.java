@NullMarked
package dev.discreet.architecture;

import org.jspecify.annotations.NullMarked;
