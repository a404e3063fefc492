/**
 * From a folder of YAML to a valid, immutable {@link dev.discreet.config.GatewayConfig}, or to
 * every problem at once, each with its place.
 */
@NullMarked
package dev.discreet.config;

import org.jspecify.annotations.NullMarked;
