package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims as upstreams read them. */
class ClaimValueTest {
  @ParameterizedTest
  @CsvSource({"100,100", "10,10", "1.20E+2,120", "-30,-30", "1.50,1.5", "12345678901234567890,"})
  void aNumberIsWrittenAsPeopleWriteIt(String number, String expected) {
    BigDecimal read = new BigDecimal(number).stripTrailingZeros();
    String plain = expected == null ? number : expected;
    assertThat(ClaimValue.of(read)).isEqualTo(plain);
    assertThat(ClaimValue.of(List.of(read, "a"))).isEqualTo(plain + ",a");
  }

  @Test
  void whatIsNoSingleValueIsNone() {
    assertThat(ClaimValue.of(null)).isEmpty();
    assertThat(ClaimValue.of(List.of(List.of("a"), true))).isEqualTo("true");
  }
}
