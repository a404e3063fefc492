package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.oracles.Told.Answer;
import java.util.List;
import java.util.function.BiConsumer;

/** What must hold of an answer, beside its being the same for hidden and missing. */
final class Expect {
  private static final String CANONICAL =
      "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}";

  private Expect() {}

  /** The status of every refusal of this outsider, with a reason that no resource has a part in. */
  static void refusal(Outsider outsider, Answer answer) {
    assertThat(answer.status()).as(answer.octets()).isIn(outsider.refusals());
  }

  /** {@return that no such field is there} */
  static BiConsumer<Outsider, Answer> without(String... names) {
    return (outsider, answer) ->
        assertThat(List.of(names)).as(answer.octets()).noneMatch(answer::has);
  }

  /** {@return that it is one of these, whoever asks} */
  static BiConsumer<Outsider, Told> status(Integer... statuses) {
    return (outsider, told) ->
        assertThat(told.answer().status()).as(told.answer().octets()).isIn((Object[]) statuses);
  }

  /** One template, which says nothing of the request. */
  static void canonicalBody(Outsider outsider, Answer answer) {
    if (answer.status() == 404) {
      assertThat(answer.body()).isEqualTo(CANONICAL);
    }
    silent(outsider, answer);
  }

  static void silent(Outsider outsider, Answer answer) {
    assertThat(answer.octets()).as(outsider.toString()).doesNotContain("1111111", "2222222");
  }

  /** A length, no chunks, and in HTTP/2 one DATA. */
  static void framedByLength(Outsider outsider, Told told) {
    Answer answer = told.answer();
    refusal(outsider, answer);
    assertThat(answer.value("content-length")).isEqualTo("" + answer.body().length());
    assertThat(answer.has("transfer-encoding")).isFalse();
    assertThat(told.after().split(" 0/", -1).length).as(told.after()).isLessThanOrEqualTo(2);
  }

  static void unchallenged(Outsider outsider, Answer answer) {
    assertThat(answer.has("www-authenticate")).isEqualTo(answer.status() == 401);
    assertThat(answer.value("www-authenticate"))
        .doesNotContain("insufficient", "scope", "resource", "1111111", "2222222");
  }

  static void storedByNobody(Outsider outsider, Answer answer) {
    assertThat(answer.value("cache-control")).isEqualTo("no-store");
    without("etag", "last-modified", "age", "expires", "link").accept(outsider, answer);
  }

  /** {@return that a page of this origin may read it} */
  static BiConsumer<Outsider, Answer> readableBy(String origin) {
    return (outsider, answer) ->
        assertThat(answer.value("access-control-allow-origin")).isEqualTo(origin);
  }

  /** {@return the trailers-only reply of a refusal} */
  static BiConsumer<Outsider, Told> grpc() {
    return (outsider, told) -> {
      assertThat(told.answer().status()).isEqualTo(200);
      // An empty list is as 200 as any answer.
      String status = told.answer().value("grpc-status");
      assertThat(status)
          .isIn(outsider == Outsider.LISTLESS ? List.of("5", "") : List.of("5", "16"));
    };
  }

  static void framedByNobody(Outsider outsider, Answer answer) {
    if (outsider != Outsider.LISTLESS) {
      assertThat(answer.value("content-security-policy")).contains("frame-ancestors 'none'");
    }
    keptFromOtherSites(outsider, answer);
  }

  static void keptFromOtherSites(Outsider outsider, Answer answer) {
    assertThat(answer.value("cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(answer.value("x-content-type-options")).isEqualTo("nosniff");
    storedByNobody(outsider, answer);
  }

  /** HEAD, then GET, on one connection. */
  static void headIsThatOfGet(Outsider outsider, Told told) {
    Answer head = told.answers().getFirst();
    Answer get = told.answers().getLast();
    refusal(outsider, head);
    assertThat(head.body()).isEmpty();
    assertThat(get.body()).isNotEmpty();
    assertThat(Told.blanked(String.join("\n", head.lines())))
        .isEqualTo(Told.blanked(String.join("\n", get.lines())));
  }
}
