package dev.discreet.oracles;

import java.util.List;
import java.util.Map;

/** Callers who may not know, and of what. {@link OracleConfig} has the grants that make them so. */
enum Outsider {
  STRANGER("stranger", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("simon", Map.of()));
    }
  },
  NEIGHBOUR("holder of other resources of the route", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(
          by.token(
              "nora",
              Map.of(
                  "account",
                  "a1",
                  "scope",
                  "documents:list documents:read documents:write documents:delete"
                      + " documents:publish pages:read")));
    }
  },
  CHILD("holder of a child", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("chloe", Map.of()));
    }
  },
  PARENT("holder of the parent", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("paul", Map.of()));
    }
  },
  SCOPELESS("member without scopes", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("mia", Map.of("account", "b9")));
    }
  },
  ELSEWISE("caller whose condition fails", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("dora", Map.of("department", "sales")));
    }
  },
  NAMESAKE("the owner's namesake of another issuer", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.foreign(OracleWorld.OWNER));
    }
  },
  OPAQUE("opaque token", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(Identities.OPAQUE);
    }
  },
  IN_HEADER("token in a header of its own", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return List.of("x-api-token: " + by.token("simon", Map.of()));
    }
  },
  IN_COOKIE("token in a cookie", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return List.of(
          "cookie: session=" + by.token("simon", Map.of()), "sec-fetch-site: same-origin");
    }
  },
  BOUND("token bound by DPoP", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      String token = by.bound("simon");
      // A proof names the URL without its query (RFC 9449 §4.2), and only what is one.
      String proven = url.replaceFirst("(\\?.*|%4)$", "");
      return List.of("authorization: DPoP " + token, by.proof(method, proven, token));
    }
  },
  PARTIAL("holder of one permission of two", Place.LEDGERS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("lena", Map.of()));
    }
  },
  WITHHELD("who may call where nobody may know", Place.VAULT) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("victor", Map.of()));
    }
  },
  WEAK("who must step up", Place.TRANSFERS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("tina", Map.of("acr", "bronze")));
    }
  },
  LISTLESS("who may not list", Place.COLLECTIONS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.token("simon", Map.of()));
    }
  },
  ANONYMOUS("anonymous", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return List.of();
    }
  },
  ANONYMOUS_ELSEWHERE("anonymous where others are open to anyone", Place.NOTICES) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return List.of();
    }
  },
  FORGED("forged token", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer("eyJhbGciOiJub25lIn0.e30.AAAA");
    }
  },
  EXPIRED("expired token of the owner", Place.DOCUMENTS) {
    @Override
    List<String> credential(Identities by, String method, String url) {
      return bearer(by.expired(OracleWorld.OWNER));
    }
  };

  private final String title;
  private final Place place;

  Outsider(String title, Place place) {
    this.title = title;
    this.place = place;
  }

  /** {@return the fields that say who asks} */
  abstract List<String> credential(Identities by, String method, String url);

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
      case IN_COOKIE -> List.of(404, 401);
      case ANONYMOUS, ANONYMOUS_ELSEWHERE, FORGED, EXPIRED -> List.of(401);
      default -> List.of(404);
    };
  }

  private static List<String> bearer(String token) {
    return List.of("authorization: Bearer " + token);
  }

  @Override
  public String toString() {
    return title;
  }
}
