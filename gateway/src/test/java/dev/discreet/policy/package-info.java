@NullMarked
package dev.discreet.policy;

import org.jspecify.annotations.NullMarked;
