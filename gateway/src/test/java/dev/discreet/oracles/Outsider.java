package dev.discreet.oracles;

import java.util.List;
import java.util.Map;

/** Callers who may not know, and of what. {@link OracleConfig} has the grants that make them so. */
enum Outsider {
  STRANGER("stranger", Place.DOCUMENTS),
  NEIGHBOUR("holder of other resources of the route", Place.DOCUMENTS),
  CHILD("holder of a child", Place.DOCUMENTS),
  PARENT("holder of the parent", Place.DOCUMENTS),
  SCOPELESS("member without scopes", Place.DOCUMENTS),
  ELSEWISE("caller whose condition fails", Place.DOCUMENTS),
  NAMESAKE("the owner's namesake of another issuer", Place.DOCUMENTS),
  OPAQUE("opaque token", Place.DOCUMENTS),
  IN_HEADER("token in a header of its own", Place.DOCUMENTS),
  IN_COOKIE("token in a cookie", Place.DOCUMENTS),
  BOUND("token bound by DPoP", Place.DOCUMENTS),
  CERTIFIED("token bound to a certificate", Place.DOCUMENTS),
  PARTIAL("holder of one permission of two", Place.LEDGERS),
  WITHHELD("who may call where nobody may know", Place.VAULT),
  WEAK("who must step up", Place.TRANSFERS),
  LISTLESS("who may not list", Place.COLLECTIONS),
  ANONYMOUS("anonymous", Place.DOCUMENTS),
  ANONYMOUS_ELSEWHERE("anonymous where others are open to anyone", Place.NOTICES),
  FORGED("forged token", Place.DOCUMENTS),
  EXPIRED("expired token of the owner", Place.DOCUMENTS);

  private static final String ELSEWHERE =
      "documents:list documents:read documents:write documents:delete documents:publish pages:read";

  private final String title;
  private final Place place;

  Outsider(String title, Place place) {
    this.title = title;
    this.place = place;
  }

  /** {@return the fields that say who asks} */
  List<String> credential(Identities by, String method, String url) {
    return switch (this) {
      case STRANGER, LISTLESS -> bearer(by.token("simon", Map.of()));
      case NEIGHBOUR -> bearer(by.token("nora", Map.of("account", "a1", "scope", ELSEWHERE)));
      case CHILD -> bearer(by.token("chloe", Map.of()));
      case PARENT -> bearer(by.token("paul", Map.of()));
      case SCOPELESS -> bearer(by.token("mia", Map.of("account", "b9")));
      case ELSEWISE -> bearer(by.token("dora", Map.of("department", "sales")));
      case NAMESAKE -> bearer(by.foreign(OracleWorld.OWNER));
      case OPAQUE -> bearer(Identities.OPAQUE);
      case IN_HEADER -> List.of("x-api-token: " + by.token("simon", Map.of()));
      case IN_COOKIE ->
          List.of("cookie: session=" + by.token("simon", Map.of()), "sec-fetch-site: same-origin");
      case BOUND -> bound(by, method, url);
      case CERTIFIED -> bearer(by.certified("simon"));
      case PARTIAL -> bearer(by.token("lena", Map.of()));
      case WITHHELD -> bearer(by.token("victor", Map.of()));
      case WEAK -> bearer(by.token("tina", Map.of("acr", "bronze")));
      case ANONYMOUS, ANONYMOUS_ELSEWHERE -> List.of();
      case FORGED -> bearer("eyJhbGciOiJub25lIn0.e30.AAAA");
      case EXPIRED -> bearer(by.expired(OracleWorld.OWNER));
    };
  }

  Place place() {
    return place;
  }

  boolean known() {
    return compareTo(ANONYMOUS) < 0;
  }

  /** {@return the statuses of all refusals that he gets} */
  List<Integer> refusals() {
    return switch (this) {
      // Row 6: an empty list.
      case LISTLESS -> List.of(404, 200);
      // A cookie counts of no other site.
      // Nor does a certificate in cleartext.
      case IN_COOKIE, CERTIFIED -> List.of(404, 401);
      case ANONYMOUS, ANONYMOUS_ELSEWHERE, FORGED, EXPIRED -> List.of(401);
      default -> List.of(404);
    };
  }

  private static List<String> bound(Identities by, String method, String url) {
    String token = by.bound("simon");
    // A proof names the URL without its query (RFC 9449 §4.2), and only what is one.
    String proven = url.replaceFirst("(\\?.*|%4)$", "");
    return List.of("authorization: DPoP " + token, by.proof(method, proven, token));
  }

  private static List<String> bearer(String token) {
    return List.of("authorization: Bearer " + token);
  }

  @Override
  public String toString() {
    return title;
  }
}
