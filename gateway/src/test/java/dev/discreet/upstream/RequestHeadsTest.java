package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.Cidr;
import dev.discreet.config.GatewayConfig.ForwardConfig;
import dev.discreet.config.TokenSource;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Claims;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadsTest {
  private static final Caller.Authenticated CALLER =
      new Caller.Authenticated(
          "main",
          "u",
          Set.of(),
          Set.of(),
          new Claims(
              Map.of("sub", " a,b%ü\n", "groups", List.of("x,y", "z"), "other", Map.of()),
              Map.of()),
          AuthenticationEvent.UNKNOWN);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RequestHeads heads(boolean stripToken) {
    Map<String, ClaimPath> claims = new LinkedHashMap<>();
    claims.put("x-caller", ClaimPath.parse("sub"));
    claims.put("x-groups", ClaimPath.parse("groups"));
    UpstreamConfig api = Fixture.config(8080, Fixture.Settings.usual());
    return new RequestHeads(
        new ForwardConfig(stripToken, claims, Set.of("x-remove")),
        List.of(new TokenSource.Bearer()),
        List.of(new Cidr(address("10.0.0.0"), 8)),
        Map.of("api", api));
  }

  private static UpstreamRequest send(
      String peer, HttpVersion version, int strip, String target, String... fields) {
    DefaultHttpRequest received = new DefaultHttpRequest(version, HttpMethod.GET, target);
    for (int i = 0; i < fields.length; i += 2) {
      received.headers().add(fields[i], fields[i + 1]);
    }
    return heads(false)
        .forUpstream(
            received,
            target,
            "id1",
            new Sender(address(peer), "http", CALLER, new TokenSource.Bearer()),
            Fixture.permit(strip, "/docs/1"));
  }

  private static HttpHeaders sent(String peer, String... fields) {
    return send(peer, HttpVersion.HTTP_1_1, 0, "/docs/1", fields).headers();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Real-IP",
        "X_Real.IP",
        "X-Original-URI",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Envoy-Original-Path",
        "X-Middleware-Subrequest",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-HTTP2-Stream-Weight",
        "X-Forwarded-Prefix",
        "X_Forwarded_For",
        "X-Remove",
        "x.remove",
        "X_Caller",
        "X_Request_Id",
        "Content_Length",
        "Keep-Alive",
        "Upgrade",
        "X-Hop"
      })
  void whatAClientMayNotSayIsGone(String name) {
    UpstreamRequest head =
        send(
            "192.0.2.7",
            HttpVersion.HTTP_1_1,
            0,
            "/docs/1",
            "Host",
            "h",
            "Connection",
            "x-hop, x-caller, authorization, host, dpop",
            name,
            "forged",
            "Authorization",
            "Bearer t",
            "DPoP",
            "proof");
    assertThat(head.headers().entries()).noneMatch(field -> field.getValue().equals("forged"));
    assertThat(head.headers().contains("connection")).isFalse();
    assertThat(head.headers().get("authorization")).isEqualTo("Bearer t");
    assertThat(head.headers().get("dpop")).isEqualTo("proof");
    assertThat(head.headers().get("host")).isEqualTo("h");
    assertThat(head.headers().get("x-caller")).isNotNull();
    HttpHeaders trailers =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/").headers();
    trailers.add(name, "forged").add("x-sum", "1");
    head.strip(trailers);
    assertThat(trailers.names()).containsExactly("x-sum");
  }

  @ParameterizedTest
  @CsvSource({"Bearer t,", "bEARER t,", "Basic dTpw,Basic dTpw", "BearerX t,BearerX t"})
  void onlyACredentialThatIsReadHereIsStripped(String authorization, String sent) {
    DefaultHttpRequest received =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/docs/1");
    received.headers().add("Host", "h").add("Authorization", authorization);
    UpstreamRequest head =
        heads(true)
            .forUpstream(
                received,
                "/docs/1",
                "id1",
                new Sender(address("192.0.2.7"), "http", CALLER, new TokenSource.Bearer()),
                Fixture.permit(0, "/docs/1"));
    assertThat(head.headers().get("authorization")).isEqualTo(sent);
  }

  @Test
  void whatTheGatewaySaysOfAStranger() {
    HttpHeaders v6 = sent("2001:db8::1", "Host", "a.test:81", "X-Forwarded-For", "6.6.6.6");
    assertThat(v6.get("forwarded"))
        .isEqualTo("for=\"[2001:db8::1]\";proto=http;host=\"a.test:81\"");
    assertThat(v6.get("x-forwarded-for")).isEqualTo("2001:db8::1");
    assertThat(v6.get("x-forwarded-proto")).isEqualTo("http");
    assertThat(v6.get("x-forwarded-host")).isEqualTo("a.test:81");
    assertThat(v6.get("x-request-id")).isEqualTo("id1");
    assertThat(v6.get("x-caller")).isEqualTo("%20a,b%25%C3%BC%0A");
    assertThat(v6.get("x-groups")).isEqualTo("x%2Cy,z");
  }

  @Test
  void aTrustedProxysChainIsAppendedTo() {
    HttpHeaders headers =
        sent(
            "10.0.0.1",
            "Host",
            "h",
            "X-Forwarded-For",
            "192.0.2.9, 2001:db8::2",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Port",
            "443",
            "X_Forwarded_Port",
            "1");
    assertThat(headers.get("x-forwarded-for")).isEqualTo("192.0.2.9, 2001:db8::2, 10.0.0.1");
    assertThat(headers.get("forwarded"))
        .isEqualTo("for=192.0.2.9, for=\"[2001:db8::2]\", for=10.0.0.1;proto=http;host=h");
    assertThat(headers.get("x-forwarded-proto")).isEqualTo("https");
    assertThat(headers.get("x-forwarded-port")).isEqualTo("443");
    assertThat(headers.contains("x_forwarded_port")).isFalse();
  }

  /** A proxy that speaks RFC 7239 alone, in front of an API that reads the elder fields alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=\"[2001:db8::1]:80\";proto=https;host=h2|2001:db8::1, 10.0.0.1|https|h2",
        "for=6.6.6.6;proto=gopher;host=evil, for=192.0.2.9;PROTO=https, for=10.1.1.1;proto=http"
            + "|6.6.6.6, 192.0.2.9, 10.1.1.1, 10.0.0.1|https|h",
        "for=_hidden;proto=https;host=\"h2:81\", , |unknown, 10.0.0.1|https|h2:81",
        "for=192.0.2.9;proto=\"a, b\";host=\"h\\\"2\"|192.0.2.9, 10.0.0.1|http|h"
      })
  void whatATrustedProxySaysInTheNewFormIsSaidInTheElderToo(
      String forwarded, String addresses, String protocol, String host) {
    HttpHeaders headers = sent("10.0.0.1", "Host", "h", "Forwarded", forwarded);
    assertThat(headers.get("forwarded")).isEqualTo(forwarded + ", for=10.0.0.1;proto=http;host=h");
    assertThat(headers.getAll("x-forwarded-for")).containsExactly(addresses);
    assertThat(headers.getAll("x-forwarded-proto")).containsExactly(protocol);
    assertThat(headers.getAll("x-forwarded-host")).containsExactly(host);
  }

  /** An element behind an open quote would be read as a part of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=\"192.0.2.9",
        "for=192.0.2.9;host=\"a\\\"",
        "for=\"192.0.2.9\"x",
        "for=192\".0.2.9\"",
        "192.0.2.9",
        "=192.0.2.9"
      })
  void aChainThatIsMalformedIsNotAppendedTo(String forwarded) {
    HttpHeaders headers =
        sent(
            "10.0.0.1",
            "Host",
            "h",
            "Forwarded",
            "for=192.0.2.8",
            "Forwarded",
            forwarded,
            "X-Forwarded-For",
            "192.0.2.7");
    assertThat(headers.getAll("forwarded")).containsExactly("for=10.0.0.1;proto=http;host=h");
    assertThat(headers.getAll("x-forwarded-for")).containsExactly("10.0.0.1");
    headers.set("forwarded", forwarded);
    headers.set("x-forwarded-for", "192.0.2.7");
    assertThat(
            ClientAddress.of(
                address("10.0.0.1"), headers, List.of(new Cidr(address("10.0.0.0"), 8))))
        .isEqualTo(address("10.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,/docs/%41?q=%2F,/docs/%41?q=%2F",
    "1,/docs/1?x=/a,/1?x=/a",
    "1,/docs,/",
    "1,/docs?x=/a,/?x=/a",
    "1,/docs/,/",
    "2,/docs/1//,//"
  })
  void theTargetIsSentByteForByte(int strip, String received, String sent) {
    assertThat(send("192.0.2.7", HttpVersion.HTTP_1_1, strip, received, "Host", "h").uri())
        .isEqualTo(sent);
  }

  @Test
  void theRestStaysAsItCame() {
    UpstreamRequest old = send("192.0.2.7", HttpVersion.HTTP_1_0, 0, "/docs/1", "TE", "trailers");
    assertThat(old.protocolVersion()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(old.headers().get("host")).isEqualTo("api.test:8080");
    assertThat(old.headers().get("te")).isEqualTo("trailers");
    HttpHeaders headers =
        sent(
            "192.0.2.7", "Host", "h", "X-B", "1", "x-a", "2", "X-b", "3", "Expect", "100-continue");
    assertThat(headers.entries().stream().map(field -> field.getKey() + field.getValue()))
        .startsWith("Hosth", "X-B1", "x-a2", "X-b3", "Expect100-continue");
  }

  /** Without it an upstream sends no 100, and a client that waits for one never sends its body. */
  @Test
  void connectionCanNotTakeTheExpectationAway() {
    HttpHeaders headers =
        sent("192.0.2.7", "Host", "h", "Connection", "expect", "Expect", "100-continue");
    assertThat(headers.get("expect")).isEqualTo("100-continue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1|forwarded|for=6.6.6.6|192.0.2.1",
        "10.0.0.1|forwarded|for=6.6.6.6, for=192.0.2.9;proto=http, for=10.1.1.1|192.0.2.9",
        "10.0.0.1|forwarded|for=6.6.6.6, proto=https|10.0.0.1",
        "10.0.0.1|forwarded|for=\"[2001:db8::9]:4711\"|2001:db8::9",
        "10.0.0.1|forwarded|for=6.6.6.6, for=_hidden|10.0.0.1",
        "10.0.0.1|forwarded|for=6.6.6.6, for=192.0.2.9;host=\"a,for=6.6.6.6;b\\\",for=6.6.6.6\"|192.0.2.9",
        "10.0.0.1|x-forwarded-for|6.6.6.6, 192.0.2.9:80, 10.2.2.2|192.0.2.9",
        "10.0.0.1|x-forwarded-for|10.3.3.3|10.3.3.3",
        "10.0.0.1|x-forwarded-for|, 192.0.2.9, ,|192.0.2.9"
      })
  void whereARequestComesFrom(String peer, String name, String value, String client) {
    HttpHeaders headers =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/").headers();
    headers.add(name, value);
    assertThat(ClientAddress.of(address(peer), headers, List.of(new Cidr(address("10.0.0.0"), 8))))
        .isEqualTo(address(client));
  }
}
