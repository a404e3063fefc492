/** Tests of the grammar: fed whole and octet by octet, every input has one outcome. */
@NullMarked
package dev.discreet.wire;

import org.jspecify.annotations.NullMarked;
