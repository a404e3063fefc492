package dev.discreet.client;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One question.
 *
 * @param url http: or https:
 * @param headers names in lower case
 * @param form what is posted as a form, or null for a GET
 * @param patience for the whole of it
 */
public record ProviderRequest(
    URI url, Map<String, String> headers, @Nullable Map<String, String> form, Duration patience) {

  /** {@return a GET of JSON} */
  public static ProviderRequest get(URI url, String accept, Duration patience) {
    return new ProviderRequest(url, Map.of("accept", accept), null, patience);
  }

  /** {@return a form, by a client that authenticates as RFC 6749 §2.3.1 says} */
  public static ProviderRequest post(
      URI url, String clientId, String clientSecret, Map<String, String> form, Duration patience) {
    String credentials = encode(clientId) + ":" + encode(clientSecret);
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept", "application/json");
    headers.put("authorization", "Basic " + basic);
    return new ProviderRequest(url, headers, form, patience);
  }

  FullHttpRequest message() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    byte[] body = form == null ? new byte[0] : encoded(form).getBytes(StandardCharsets.US_ASCII);
    FullHttpRequest message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            form == null ? HttpMethod.GET : HttpMethod.POST,
            target,
            Unpooled.wrappedBuffer(body));
    message.headers().set("host", url.getRawAuthority());
    headers.forEach(message.headers()::set);
    message.headers().set("connection", "close");
    if (form != null) {
      message.headers().set("content-type", "application/x-www-form-urlencoded");
      message.headers().set("content-length", body.length);
    }
    return message;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Without what the headers and the form hold: credentials are among it. */
  @Override
  public String toString() {
    return (form == null ? "GET " : "POST ") + url;
  }
}
