/** The demo: an API and an identity server to try the gateway with. */
@NullMarked
package dev.discreet.demo;

import org.jspecify.annotations.NullMarked;
