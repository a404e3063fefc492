package dev.discreet.audit;

/** A header field of a request; the name in lower case. */
record Field(String name, String value) {}
