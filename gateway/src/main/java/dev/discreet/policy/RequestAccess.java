package dev.discreet.policy;

import org.jspecify.annotations.Nullable;

/**
 * Whom to ask for what one lacks.
 *
 * @param contact text for people, or null
 * @param url a URL template with {@code {resource}} and {@code {permissions}}, or null
 */
public record RequestAccess(@Nullable String contact, @Nullable String url) {}
