package dev.discreet.config;

import java.net.InetAddress;

/**
 * A block of addresses (RFC 4632, RFC 4291 §2.3).
 *
 * @param network an address of the block
 * @param prefix how many leading bits are fixed
 */
public record Cidr(InetAddress network, int prefix) {
  /**
   * {@return whether the network is the block's first address: every bit behind the prefix is 0}
   */
  boolean begins() {
    byte[] octets = network.getAddress();
    for (int bit = prefix; bit < octets.length * Byte.SIZE; bit++) {
      if ((octets[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return whether {@code address} lies in the block} */
  public boolean contains(InetAddress address) {
    byte[] a = network.getAddress();
    byte[] b = address.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
      if (((a[bit / 8] ^ b[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
