package dev.discreet.upstream;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim as a header's value: items of a list joined by commas; what is not printable ASCII, the
 * percent sign, and commas within an item are percent-encoded.
 */
final class ClaimValue {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private ClaimValue() {}

  static String of(@Nullable Object claim) {
    StringBuilder value = new StringBuilder();
    List<?> items =
        claim instanceof List<?> list ? list : claim == null ? List.of() : List.of(claim);
    for (Object item : items) {
      if (item instanceof String || item instanceof Number || item instanceof Boolean) {
        if (!value.isEmpty()) {
          value.append(',');
        }
        // As its issuer wrote it: 100 is no 1E+2 to those who read it as a name.
        String text = item instanceof BigDecimal number ? number.toPlainString() : item.toString();
        append(value, text, claim instanceof List<?>);
      }
    }
    return value.toString();
  }

  private static void append(StringBuilder value, String item, boolean inList) {
    byte[] octets = item.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      byte octet = octets[i];
      boolean separates = octet == ',' && inList;
      // A space at an edge would be lost on the way, and "admin " become "admin".
      boolean edge = octet == ' ' && (i == 0 || i == octets.length - 1);
      boolean plain = octet >= ' ' && octet < 0x7f && octet != '%' && !separates && !edge;
      if (plain) {
        value.append((char) octet);
      } else {
        value.append('%').append(HEX[(octet >> 4) & 0xf]).append(HEX[octet & 0xf]);
      }
    }
  }
}
