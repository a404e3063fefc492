package dev.discreet.audit;

/**
 * What tells hidden from missing.
 *
 * @param oracle by which
 * @param request how was asked
 * @param aspect in what the answers differ
 * @param hidden what came for the hidden path
 * @param missing what came for the missing one
 */
public record Difference(
    Oracle oracle, String request, String aspect, String hidden, String missing) {}
