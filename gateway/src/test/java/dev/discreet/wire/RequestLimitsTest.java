package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestLimitsTest {
  private static final String CHUNKED = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n";

  @Test
  void refusesATargetThatIsTooLongBeforeItsLineEnds() {
    assertThat(Feed.firstRequest("GET /" + "a".repeat(9000))).isEqualTo("!414 ");
    assertThat(Feed.firstRequest("GET /" + "a".repeat(8192) + " HTTP/1.1\r\n\r\n"))
        .isEqualTo("!414 ");
    assertThat(Feed.firstRequest("GET /" + "a".repeat(8191) + " HTTP/1.1\r\n\r\n"))
        .endsWith(" end ");
  }

  @Test
  void refusesFieldsThatAreTooLargeBeforeTheyEnd() {
    assertThat(Feed.firstRequest("GET / HTTP/1.1\r\na: " + "b".repeat(32 * 1024)))
        .isEqualTo("!431 ");
    assertThat(Feed.firstRequest("GET / HTTP/1.1\r\na:" + "b".repeat(32 * 1024 - 4) + "\r\n\r\n"))
        .endsWith(" end ");
    assertThat(Feed.firstRequest("GET / HTTP/1.1\r\na:" + "b".repeat(32 * 1024 - 3) + "\r\n\r\n"))
        .isEqualTo("!431 ");
  }

  @Test
  void refusesTooManyFields() {
    assertThat(Feed.firstRequest("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(100) + "\r\n"))
        .endsWith(" end ");
    assertThat(Feed.firstRequest("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(101))).isEqualTo("!431 ");
  }

  @Test
  void refusesTooManyTrailers() {
    assertThat(Feed.firstRequest(CHUNKED + "0\r\n" + "a: b\r\n".repeat(101))).endsWith("!431 ");
  }

  @Test
  void countsChunkExtensionsOfAWholeMessage() {
    String chunk = "1;" + "a".repeat(199) + "\r\nx\r\n";
    assertThat(Feed.firstRequest(CHUNKED + chunk.repeat(20) + "0\r\n\r\n")).endsWith(" end ");
    assertThat(Feed.firstRequest(CHUNKED + chunk.repeat(21))).endsWith("!400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "0000000000000005", "5;a", "5 ; a", "5;a=b", "5\t;a = \"b\\\"c;\" ;d"})
  void acceptsSizesAndExtensionsOfTheGrammar(String size) {
    assertThat(Feed.firstRequest(CHUNKED + size + "\r\nhello\r\n0\r\nT: v\r\n\r\n"))
        .endsWith("hello|T=v end ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5 ",
        "5;",
        "5;;a",
        "5;a ",
        "5;a=",
        "5;a=\"b",
        "5;a=\"b\"c",
        "5 a",
        "0x5",
        "-5",
        "00000000000000005",
        "80000000",
        "5;a=b=c",
        "5;\u00e9",
        "5;a=\"\\\""
      })
  void refusesOtherSizesAndExtensions(String size) {
    assertThat(Feed.firstRequest(CHUNKED + size + "\r\nhello\r\n0\r\n\r\n"))
        .endsWith("chunked] !400 ");
  }

  @Test
  void hasOneOutcomeForDamagedInputHoweverItIsCut() {
    Random random = new Random(20261126);
    List<String> seeds =
        List.of(
            CHUNKED + "5;a=\"b\"\r\nhello\r\n3\r\nabc\r\n0\r\nt: v\r\n\r\n",
            "\r\nPOST /x HTTP/1.0\r\ncontent-length: 4\r\n\r\nbodyGET / HTTP/1.1\r\na:\t b \r\n\r\n");
    String damage = "\r\n\t :;\0\u007f\u0080\"0a";
    for (int round = 0; round < 3000; round++) {
      StringBuilder raw = new StringBuilder(seeds.get(round % 2)).append(seeds.get(0));
      for (int i = random.nextInt(3); i > 0; i--) {
        char octet = damage.charAt(random.nextInt(damage.length()));
        raw.setCharAt(random.nextInt(raw.length()), octet);
      }
      String input = raw.toString();
      assertThat(Feed.requests(Feed.pieces(input, random), true))
          .as(input)
          .isEqualTo(Feed.requests(Feed.whole(input), true));
    }
  }
}
