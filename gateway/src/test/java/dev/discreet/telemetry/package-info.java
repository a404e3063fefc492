/** Metrics by the text that is scraped, the log by the lines that are written. */
@NullMarked
package dev.discreet.telemetry;

import org.jspecify.annotations.NullMarked;
