package dev.discreet.ask;

/**
 * What would be answered to this request?
 *
 * @param method the method
 * @param target path and query as a client writes them, percent-encoded
 * @param host the host field's value, or empty for none
 * @param moment whence and when
 */
public record Inquiry(Who who, String method, String target, String host, Moment moment) {}
