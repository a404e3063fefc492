package dev.discreet.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of OpenAPI's paths is a template of ours, and what is never made one. */
class TemplatesTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/{b}, /a/{b}",
    "/a/, /a/",
    "/a/{b.c}/{b-c}, /a/{b_c}/{b-c}",
    "/{2nd}/{+path}, /{_2nd}/{_path}",
    "/{id}/x/{id}, /{id}/x/{id2}",
    "/caf%C3%A9, /café",
    "/a/$count, /a/$count"
  })
  void isATemplate(String path, String template) {
    assertThat(Templates.of(path).text()).isEqualTo(template);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{x}.json, has a segment {x}.json",
    "/{a}-{b}, has a segment {a}-{b}",
    "/a;v=1, semicolon",
    "/a/{b};{c}, semicolon",
    "/a//b, empty segment",
    "/a/../b, dot segment",
    "/a?x=1, query or fragment",
    "/#X-Amz-Target=A.B, query or fragment",
    "a/b, must begin with /",
    "/a/*, has a *",
    "/a/**, read as a wildcard",
    "/a/f(x='{x}'), has a segment f(x='{x}')",
    "/a%2Fb, can't be decoded",
    "/a%FF, can't be decoded",
    "/a%3Bb, semicolon"
  })
  void isNone(String path, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Templates.of(path))
        .withMessageContaining(why);
  }
}
