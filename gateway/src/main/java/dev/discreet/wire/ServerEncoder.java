package dev.discreet.wire;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Writes answers; to HEAD their head alone, whatever it says of a body (RFC 9110 §9.3.2). */
public final class ServerEncoder extends HttpResponseEncoder {
  private boolean headOnly;

  /** Says which method the next answers are to. */
  public void answering(HttpMethod method) {
    headOnly = method.equals(HttpMethod.HEAD);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return super.isContentAlwaysEmpty(response) || headOnly;
  }
}
