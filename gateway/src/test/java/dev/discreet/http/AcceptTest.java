package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a page (SPEC §3; RFC 9110 §12.5.1). */
class AcceptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "application/json;q=0.9, text/html",
        "text/html;q=0.001",
        "text/html;q=0.5, */*;q=0.4",
        "text/html;q=0.5, application/*;q=0.499",
        "text/html;q=0.2, */*;q=0.9, application/*;q=0.1",
        "text/html;q=0.5, */*, application/json;q=0, application/problem+json;q=0.1",
        "text/html ; Q=0.7 , application/json ; q=0.6",
        "text/html;level=1;q=0.9, application/json;q=0.8",
        "text/html;q=0.1, text/html;q=1.000, application/json;q=0.9",
        "text/html;x=\"a, application/json;q=1\";q=0.5, */*;q=0.1",
        "text/html;x=\"\\\"\";q=0.5, application/json;q=0.4",
        ",, text/html ,;,",
        "text/html, application/json;q=1.5",
      })
  void reads(String accept) {
    assertThat(Accept.prefersHtml(fields(accept))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/*",
        "text/plain",
        "application/xhtml+xml",
        "application/json",
        "application/problem+json",
        "text/html;q=0",
        "text/html;q=0.000, */*;q=0",
        "text/html, application/json",
        "text/html, application/problem+json",
        "text/html, */*",
        "text/html, application/*",
        "text/html;q=0.8, application/json;q=0.9",
        "text/html;q=0.8, application/json;q=0.1, */*",
        "text/html;q=1.001",
        "text/html;q=0.5555",
        "text/html;q=.5",
        "text/html;q=",
        "text/html;q=high",
        "text/html+xml",
        "x-text/html",
        "text/html\"",
      })
  void takesJson(String accept) {
    assertThat(Accept.prefersHtml(fields(accept))).isFalse();
  }

  @Test
  void whoSaysNothingTakesJson() {
    assertThat(Accept.prefersHtml(new DefaultHttpHeaders())).isFalse();
  }

  @Test
  void severalFieldsAreOneList() {
    HttpHeaders fields = fields("text/html;q=0.6").add("accept", "application/json;q=0.7");
    assertThat(Accept.prefersHtml(fields)).isFalse();
    fields.add("accept", "text/html;q=0.8");
    assertThat(Accept.prefersHtml(fields)).isTrue();
  }

  private static HttpHeaders fields(String accept) {
    return new DefaultHttpHeaders().add("accept", accept);
  }
}
