package dev.discreet.http;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.RandomPolicy;
import java.net.InetAddress;
import java.util.List;

/**
 * A request to a resource of a random policy, said in one of the many ways that one is.
 *
 * @param method the method
 * @param path the segments, decoded
 * @param target path and query as they are sent
 * @param fields header fields beside the host and the credential, each with its line's end
 * @param body what follows the head
 */
record RandomRequest(String method, List<String> path, String target, String fields, String body) {
  private static final List<String> METHODS = List.of("OPTIONS", "POST", "PROPFIND", "get");
  private static final List<String> QUERIES = List.of("?", "?a=b&c", "?%2f..");
  private static final List<String> FIELDS =
      List.of(
          "",
          "Accept: text/html\r\n",
          "Accept: text/plain\r\n",
          "If-None-Match: *\r\n",
          "If-Match: \"1\"\r\n",
          "Range: bytes=0-0\r\n",
          "Upgrade: websocket\r\nConnection: Upgrade\r\n",
          "Origin: https://app.test\r\nAccess-Control-Request-Method: PUT\r\n",
          "X-HTTP-Method-Override: DELETE\r\n",
          "X-Forwarded-For: 192.0.2.1\r\n",
          "Cache-Control: no-cache\r\n",
          "Connection: close\r\n");
  private static final List<String> FRAMINGS =
      List.of(
          "Content-Length: 0\r\n",
          "Content-Length: 2\r\n|{}",
          "Content-Length: 2\r\nExpect: 100-continue\r\n|",
          "Content-Length: 9999999\r\n|",
          "Transfer-Encoding: chunked\r\n|2\r\n{}\r\n0\r\n\r\n");

  static RandomRequest from(RandomPolicy random) {
    String method = random.chance(15) ? random.pick(METHODS) : random.method();
    List<String> path = random.path();
    String target = "/" + String.join("/", path);
    if (random.chance(15)) {
      target = target.replace("a", "%61");
    }
    if (random.chance(20)) {
      target += random.pick(QUERIES);
    }
    String[] framing = (random.chance(30) ? random.pick(FRAMINGS) : "").split("\\|", 2);
    return new RandomRequest(
        method,
        path,
        target,
        random.pick(FIELDS) + framing[0],
        framing.length == 2 ? framing[1] : "");
  }

  /** {@return the same request said by somebody else, who always says all of it} */
  RandomRequest plainly() {
    return new RandomRequest(method, path, target, "", "");
  }

  AccessRequest asked() {
    return new AccessRequest(
        method, "api.test", path, InetAddress.getLoopbackAddress(), RandomPolicy.NOW);
  }

  String octets(String credential) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: api.test\r\n"
        + credential
        + fields
        + "\r\n"
        + body;
  }
}
