package dev.discreet.policy;

import java.util.List;

/**
 * What somebody asks to do.
 *
 * @param method the method, case-sensitive (RFC 9110 §9.1)
 * @param host the host asked for, lower case, without port or final dot; empty if none was named
 * @param segments the path, each segment percent-decoded once
 */
public record AccessRequest(String method, String host, List<String> segments) {}
