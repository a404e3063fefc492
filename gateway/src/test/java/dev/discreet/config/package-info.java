/** Folders of YAML, and what becomes of them. */
@NullMarked
package dev.discreet.config;

import org.jspecify.annotations.NullMarked;
