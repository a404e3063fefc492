package dev.discreet.guard;

import dev.discreet.config.Addresses;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as they stand in Redis: {@code subject:4:main:user-17}, where the number is the length
 * of the issuer's name, so that no two accounts are one; {@code address:192.0.2.1}; before both
 * {@code observed:} for routes that observe.
 */
final class AccountText {
  private static final Pattern TEXT =
      Pattern.compile("(?s)(observed:)?(?:address:([0-9a-f.:]+)|subject:([0-9]{1,5}):(.+))");

  private AccountText() {}

  static String of(Account account) {
    return switch (account) {
      case Account.Subject(String issuer, String subject, boolean observed) ->
          prefix(observed) + "subject:" + issuer.length() + ':' + issuer + ':' + subject;
      case Account.Address(InetAddress network, boolean observed) ->
          prefix(observed) + "address:" + network.getHostAddress();
    };
  }

  private static String prefix(boolean observed) {
    return observed ? "observed:" : "";
  }

  /** {@return the account, or null where another program wrote what is none} */
  static @Nullable Account read(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    boolean observed = matcher.group(1) != null;
    if (matcher.group(2) == null) {
      return subject(Integer.parseInt(matcher.group(3)), matcher.group(4), observed);
    }
    InetAddress network = Addresses.literal(matcher.group(2));
    return network == null ? null : Account.Address.of(network, observed);
  }

  private static @Nullable Account subject(int length, String rest, boolean observed) {
    return length + 1 < rest.length() && rest.charAt(length) == ':'
        ? new Account.Subject(rest.substring(0, length), rest.substring(length + 1), observed)
        : null;
  }
}
