@NullMarked
package dev.discreet.openapi;

import org.jspecify.annotations.NullMarked;
