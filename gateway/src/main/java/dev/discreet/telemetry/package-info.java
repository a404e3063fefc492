/**
 * What an operator sees: metrics (SPEC §8), the request log, the gateway's own messages.
 *
 * <p>Whatever is called on an event loop neither blocks nor does I/O: metrics are counters that
 * were looked up once, log lines are handed to a bounded queue. Labels are bounded by the
 * configuration; nothing that a client invents becomes one.
 */
@NullMarked
package dev.discreet.telemetry;

import org.jspecify.annotations.NullMarked;
