/** Benchmarks: what docs/performance.md says is measured here. */
@NullMarked
package dev.discreet.bench;

import org.jspecify.annotations.NullMarked;
