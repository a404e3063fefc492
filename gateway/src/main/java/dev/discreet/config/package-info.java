/**
 * From a folder of YAML to a valid, immutable {@link dev.discreet.config.GatewayConfig}, or to
 * every problem at once, each with its place.
 *
 * <p>{@link dev.discreet.config.ConfigLoader} is the way in, {@link
 * dev.discreet.config.ConfigWatcher} the way to come back when something has changed. {@code
 * YamlFiles} and {@code YamlParser} turn files into {@code Value}s, which are text with places; a
 * {@code Section} reads a mapping by the definitions of its {@code Keys}, each of which has a
 * {@code Type}; the readers build records from sections; last comes what must hold between records.
 * A problem is reported where it is found and reading goes on, with a fallback in its place: no
 * configuration is built while there is an error.
 */
@NullMarked
package dev.discreet.config;

import org.jspecify.annotations.NullMarked;
