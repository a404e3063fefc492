/**
 * The operator's listener (SPEC §8): {@code /livez}, {@code /readyz}, {@code /metrics}, and nothing
 * else. It has an event loop of its own, so that neither a scrape nor a crowd of clients delays the
 * other.
 */
@NullMarked
package dev.discreet.admin;

import org.jspecify.annotations.NullMarked;
