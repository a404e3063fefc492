package dev.discreet.audit;

/**
 * Up to where a difference in time is none.
 *
 * @param median of the differences, in ns
 * @param distance between the distributions (Kolmogorov and Smirnov's), as a share
 * @param outliers the difference of the shares of exchanges that took 1 ms longer than most
 */
public record Bounds(double median, double distance, double outliers) {}
