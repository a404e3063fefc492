package dev.discreet.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests that the demo makes and shows, one or more for each row of the decision table. */
final class Tour {
  /** A credential that nobody issued. */
  static final String GARBAGE = "garbage";

  /**
   * One request.
   *
   * @param row of SPEC §2
   * @param point what it shows
   * @param as whose token it carries, {@link #GARBAGE}, or null for none
   */
  record Step(String row, String point, @Nullable String as, String method, String path) {
    /** {@return the line to paste, from the project's root} */
    String curl(String gateway) {
      StringBuilder line = new StringBuilder("curl -i");
      if (method.equals("HEAD")) {
        line.append(" -I");
      } else if (!method.equals("GET")) {
        line.append(" -X ").append(method);
      }
      if (as != null) {
        String token = as.equals(GARBAGE) ? GARBAGE : "$(./discreet token --as " + as + ")";
        line.append(" -H \"Authorization: Bearer ").append(token).append('"');
      }
      return line.append(' ').append(gateway).append(path).toString();
    }
  }

  private static final String DOCUMENT = "/accounts/a1/documents/42";
  private static final String MISSING = "/accounts/a1/documents/404";

  private Tour() {}

  static List<Step> steps() {
    return List.of(
        new Step(
            "0",
            "what no gateway should carry out is refused for its bytes alone",
            null,
            "TRACE",
            DOCUMENT),
        new Step(
            "1",
            "a bad credential is 401 everywhere, on public routes too",
            GARBAGE,
            "GET",
            "/accounts/a1/login-options"),
        new Step(
            "1b",
            "the issuer's keys are not there: that is not the caller's fault",
            "pia",
            "GET",
            DOCUMENT),
        new Step("2", "public: anybody", null, "GET", "/accounts/a1/login-options"),
        new Step("3", "who are you? The same for what exists …", null, "GET", DOCUMENT),
        new Step("3", "… and for what does not", null, "GET", "/nowhere"),
        new Step("4", "no route", "alice", "GET", "/nowhere"),
        new Step(
            "5",
            "permitted by what the token carries, in the token's account",
            "alice",
            "GET",
            DOCUMENT),
        new Step(
            "5",
            "permitted by a group, in every account",
            "sam",
            "GET",
            "/accounts/b9/documents/7"),
        new Step(
            "6",
            "a list that the caller may not see is empty",
            "oscar",
            "GET",
            "/accounts/a1/documents"),
        new Step(
            "7", "there is nothing here for you to know: it exists …", "oscar", "GET", DOCUMENT),
        new Step("7", "… it does not. The API is not asked", "oscar", "GET", MISSING),
        new Step(
            "8",
            "you may know of it: here is what you lack, and whom to ask",
            "lena",
            "DELETE",
            DOCUMENT),
        new Step("9", "you may know: there is none", "lena", "DELETE", MISSING),
        new Step(
            "10",
            "you may know, but the API does not say (onFailure: unavailable)",
            "alice",
            "DELETE",
            "/accounts/a1/archive/1"),
        new Step(
            "11",
            "a method that the route does not name, to who may not know",
            "oscar",
            "PATCH",
            DOCUMENT),
        new Step(
            "12",
            "… and to who may. That it exists is remembered from row 8",
            "lena",
            "PATCH",
            DOCUMENT));
  }
}
