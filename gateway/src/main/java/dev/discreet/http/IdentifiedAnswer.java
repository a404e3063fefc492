package dev.discreet.http;

/**
 * An answer on its way out, with the id of the request that it answers.
 *
 * @param answer what is said
 * @param requestId as it is logged
 */
record IdentifiedAnswer(Answer answer, String requestId) {}
