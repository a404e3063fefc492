package dev.discreet.telemetry;

import java.util.Set;

/** Bounds the label {@code method}: a client may invent methods, but no time series. */
final class MethodLabel {
  private static final String OTHER = "other";

  /** IANA's HTTP Method Registry (RFC 9110 §16.1), {@code *} aside, which is no method to send. */
  private static final Set<String> REGISTERED =
      Set.of(
          "ACL",
          "BASELINE-CONTROL",
          "BIND",
          "CHECKIN",
          "CHECKOUT",
          "CONNECT",
          "COPY",
          "DELETE",
          "GET",
          "HEAD",
          "LABEL",
          "LINK",
          "LOCK",
          "MERGE",
          "MKACTIVITY",
          "MKCALENDAR",
          "MKCOL",
          "MKREDIRECTREF",
          "MKWORKSPACE",
          "MOVE",
          "OPTIONS",
          "ORDERPATCH",
          "PATCH",
          "POST",
          "PRI",
          "PROPFIND",
          "PROPPATCH",
          "PUT",
          "QUERY",
          "REBIND",
          "REPORT",
          "SEARCH",
          "TRACE",
          "UNBIND",
          "UNCHECKOUT",
          "UNLINK",
          "UNLOCK",
          "UPDATE",
          "UPDATEREDIRECTREF",
          "VERSION-CONTROL");

  private MethodLabel() {}

  /** {@return {@code method} where it is registered, else {@code other}; methods have a case} */
  static String of(String method) {
    return REGISTERED.contains(method) ? method : OTHER;
  }
}
