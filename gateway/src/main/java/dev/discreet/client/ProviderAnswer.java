package dev.discreet.client;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;

/**
 * What a provider answered, whole.
 *
 * @param status whichever: no redirect was followed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ProviderAnswer(HttpResponseStatus status, HttpHeaders headers, byte[] body) {
  /** The most octets of a body that are read. */
  public static final int MOST_OCTETS = 512 << 10;

  /**
   * {@return this, if it is a 200}
   *
   * @throws IOException if it is anything else
   */
  public ProviderAnswer requireOk() throws IOException {
    if (!status.equals(HttpResponseStatus.OK)) {
      throw new IOException("answered " + status);
    }
    return this;
  }
}
