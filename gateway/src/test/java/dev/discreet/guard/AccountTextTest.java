package dev.discreet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in Redis of an account is that account's alone, and what is none is passed over. */
class AccountTextTest {
  @ParameterizedTest
  @MethodSource
  void isReadAsItWasWritten(Account account) {
    assertThat(AccountText.read(AccountText.of(account))).isEqualTo(account);
  }

  static Stream<Account> isReadAsItWasWritten() {
    return Stream.of(
        new Account.Subject("main", "user-17", false),
        new Account.Subject("main", "user-17", true),
        new Account.Subject("a:b", "c", false),
        new Account.Subject("a", "b:c", false),
        new Account.Subject("ü", "4:main:\u2028 '\"{}", false),
        Account.Address.of(InetAddress.ofLiteral("192.0.2.1"), false),
        Account.Address.of(InetAddress.ofLiteral("2001:db8::1"), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "subject:",
        "subject:4:main",
        "subject:4:main:",
        "subject:5:main:a",
        "subject:99999:main:a",
        "address:",
        "address:example.com",
        "address:1.2.3",
        "observed:",
        "other:1",
      })
  void whatIsNoneIsPassedOver(String text) {
    assertThat(AccountText.read(text)).isNull();
  }
}
