package dev.discreet.admin;

import java.util.List;

/**
 * How the gateway is.
 *
 * @param live whether it works at all; if not, it wants to be restarted
 * @param ready whether it wants to be sent requests
 * @param detail lines for people, such as which issuers lack keys; names only, never values
 */
public record Health(boolean live, boolean ready, List<String> detail) {
  public Health {
    detail = List.copyOf(detail);
  }
}
