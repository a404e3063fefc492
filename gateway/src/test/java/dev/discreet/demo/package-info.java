@NullMarked
package dev.discreet.demo;

import org.jspecify.annotations.NullMarked;
