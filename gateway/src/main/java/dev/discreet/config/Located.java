package dev.discreet.config;

/** What was read, and where it stands. */
record Located<T>(T value, Node at) {}
