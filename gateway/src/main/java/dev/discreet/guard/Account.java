package dev.discreet.guard;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** To whom refusals are charged. */
public sealed interface Account {
  /**
   * A caller whose token was verified, wherever he calls from.
   *
   * @param issuer the issuer's name in the configuration
   * @param observed whether it is of routes that observe: what is only counted there blocks nobody
   *     elsewhere
   */
  record Subject(String issuer, String subject, boolean observed) implements Account {
    @Override
    public String toString() {
      return "the subject " + subject + " of " + issuer + suffix(observed);
    }
  }

  /**
   * Whoever is not known, by where the request comes from.
   *
   * @param network an IPv4 address, or the first of an IPv6 /64: who has one of its addresses has
   *     them all
   * @param observed as of a subject
   */
  record Address(InetAddress network, boolean observed) implements Account {
    private static final int PREFIX_OCTETS = 8;

    static Address of(InetAddress client, boolean observed) {
      if (!(client instanceof Inet6Address)) {
        return new Address(client, observed);
      }
      byte[] octets = client.getAddress();
      Arrays.fill(octets, PREFIX_OCTETS, octets.length, (byte) 0);
      try {
        return new Address(InetAddress.getByAddress(octets), observed);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("an address of 16 octets is one", e);
      }
    }

    @Override
    public String toString() {
      String length = network instanceof Inet6Address ? "/64" : "";
      return "the address " + NetUtil.toAddressString(network) + length + suffix(observed);
    }
  }

  private static String suffix(boolean observed) {
    return observed ? " (on routes that observe)" : "";
  }
}
