package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.LinuxMemory;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections go on and end, by SPEC §2 step 0, §3 and the limits and timeouts. */
class ConnectionTest {
  private static final String PROBE = "probe: {cache: {present: 0s, absent: 0s}}";
  private static final String LONG = "a".repeat(70_000);

  private static String put(String target, String credential, String framing) {
    return TestGateway.request("PUT", target, credential, framing);
  }

  @Test
  void aRefusedBodyThatIsShortIsDroppedAndTheConnectionKept() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld();
        RawClient client = new RawClient(world.gateway().address())) {
      String viewer = world.member("documents:read");
      client.send(put(HIDDEN, viewer, "Content-Length: 5") + "hello");
      assertThat(client.read("PUT").status()).isEqualTo(404);
      client.send(TestGateway.request("GET", OWN, viewer));
      assertThat(client.read("GET").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 70000",
        "Transfer-Encoding: chunked",
        "Content-Length: 5\r\nExpect: 100-continue"
      })
  void anyOtherRefusedBodyClosesWithoutA100(String framing) throws IOException {
    try (DocumentsWorld world = new DocumentsWorld();
        RawClient client = new RawClient(world.gateway().address())) {
      client.send(put(HIDDEN, world.member("documents:read"), framing));
      String all = client.readToEnd();
      assertThat(RawClient.statuses(all)).containsExactly(404);
      assertThat(all).contains("\r\nconnection: close\r\n");
      assertThat(world.api().heads()).isZero();
    }
  }

  /** The body came with the head, and an upstream connection is at hand once keys have come. */
  @Test
  void aBodyThatWaitsForTheDecisionArrivesWhole() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld();
        RawClient client = new RawClient(world.gateway().address())) {
      client.send(TestGateway.request("GET", OWN, world.member("documents:read")));
      assertThat(client.read("GET").status()).isEqualTo(200);
      world.issuer().rotate();
      String writer = world.member("documents:write");
      client.send(put(OWN, writer, "Content-Length: 5") + "hello");
      assertThat(client.read("PUT").status()).isEqualTo(200);
      assertThat(world.api().seen().getLast().body()).isEqualTo("hello");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld();
        RawClient client = new RawClient(world.gateway().address())) {
      String viewer = world.member("documents:list documents:read");
      List<Integer> expected = new ArrayList<>();
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        boolean own = i % 3 == 0;
        requests.append(TestGateway.request("GET", own ? OWN : HIDDEN, viewer));
        expected.add(own ? 200 : 404);
      }
      client.send(requests.toString());
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        statuses.add(client.read("GET").status());
      }
      assertThat(statuses).isEqualTo(expected);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld("limits: {body: 1KiB}", PROBE)) {
      String writer = world.member("documents:write");
      assertThat(world.gateway().call("GET", "/" + LONG).status()).isEqualTo(414);
      assertThat(world.gateway().call("GET", "/", "X: " + LONG).status()).isEqualTo(431);
      assertThat(world.gateway().call("GET", "/", "X: 1\r\n".repeat(200) + "Y: 1").status())
          .isEqualTo(431);
      assertThat(world.gateway().call("PUT", OWN, writer, "Content-Length: 2000").status())
          .isEqualTo(413);
      assertThat(world.api().heads()).isZero();
      try (RawClient client = new RawClient(world.gateway().address())) {
        client.send(put(OWN, writer, "Transfer-Encoding: chunked") + "800\r\n" + "a".repeat(2048));
        assertThat(RawClient.statuses(client.readToEnd())).containsExactly(413);
      }
    }
  }

  @Test
  void theSizeOfABodyTellsNothingToWhoMayNotKnow() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld("limits: {body: 1KiB}", PROBE)) {
      String viewer = world.member("documents:read");
      assertThat(world.gateway().call("PUT", HIDDEN, viewer, "Content-Length: 2000").status())
          .isEqualTo(404);
    }
  }

  /** C-02, C-04. */
  @Test
  void whoIsTooSlowIsRefused() throws IOException {
    try (DocumentsWorld world =
        new DocumentsWorld("timeouts: {header: 200ms, body: 200ms, idle: 300ms}", PROBE)) {
      try (RawClient client = new RawClient(world.gateway().address())) {
        client.send("GET / HT");
        assertThat(RawClient.statuses(client.readToEnd())).containsExactly(408);
      }
      try (RawClient client = new RawClient(world.gateway().address())) {
        client.send(put(OWN, world.member("documents:write"), "Content-Length: 5") + "he");
        assertThat(RawClient.statuses(client.readToEnd())).containsExactly(408);
      }
      try (RawClient client = new RawClient(world.gateway().address())) {
        assertThat(client.readToEnd()).isEmpty();
      }
    }
  }

  @Test
  void moreConnectionsThanTheLimitAreShedAndToldInTheLog() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld("limits: {connections: 1}", PROBE);
        RawClient first = new RawClient(world.gateway().address())) {
      first.send(TestGateway.request("GET", "/accounts/a1/login-options"));
      assertThat(first.read("GET").status()).isEqualTo(200);
      try (RawClient second = new RawClient(world.gateway().address())) {
        Answer answer = second.read("GET");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.value("retry-after")).isNotEmpty();
      }
      assertThat(world.gateway().metrics())
          .contains(
              "discreet_requests_total{decision=\"rejected\",method=\"other\",route=\"none\","
                  + "status=\"503\"} 1.0");
    }
  }

  @Test
  void aRefusedTargetIsInTheLogWithItsHost() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld("", PROBE)) {
      assertThat(world.gateway().call("GET", "/accounts/../secret?token=x").status())
          .isEqualTo(400);
      assertThat(world.gateway().logged("\"status\":400"))
          .contains(
              "\"source\":\"127.0.0.1\"",
              "\"host\":\"api.test\"",
              "\"method\":\"GET\"",
              "\"path\":\"/accounts/../secret\"");
    }
  }

  @Test
  void oneAddressGetsSoManyConnectionsAndOthersGetTheirs() throws IOException {
    String request = TestGateway.request("GET", "/accounts/a1/login-options");
    try (DocumentsWorld world = new DocumentsWorld("limits: {connectionsPerAddress: 2}", PROBE);
        RawClient first = new RawClient(world.gateway().address());
        RawClient second = new RawClient(world.gateway().address())) {
      assertThat(first.send(request).read("GET").status()).isEqualTo(200);
      assertThat(second.send(request).read("GET").status()).isEqualTo(200);
      try (RawClient third = new RawClient(world.gateway().address())) {
        String shed = third.readToEnd();
        assertThat(RawClient.statuses(shed)).containsExactly(503);
        assertThat(shed).contains("\r\nretry-after: ", "\r\nconnection: close\r\n");
      }
      assertThat(second.send(request).read("GET").status()).as("unharmed").isEqualTo(200);
      assumeTrue(LinuxMemory.isThere(), "needs Linux: all of 127.0.0.0/8 is loopback there");
      try (RawClient other = new RawClient("127.0.0.2", world.gateway().address())) {
        assertThat(other.send(request).read("GET").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whoLeavesMakesRoomForTheNext() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld("limits: {connectionsPerAddress: 1}", PROBE)) {
      RawClient first = new RawClient(world.gateway().address());
      assertThat(status(first)).isEqualTo(200);
      try (RawClient second = new RawClient(world.gateway().address())) {
        assertThat(second.read("GET").status()).isEqualTo(503);
      }
      first.close();
      // The gateway counts it off only after the client has seen its end.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      int status = 503;
      while (status == 503 && System.nanoTime() < deadline) {
        try (RawClient next = new RawClient(world.gateway().address())) {
          status = status(next);
        }
      }
      assertThat(status).isEqualTo(200);
    }
  }

  private static int status(RawClient client) throws IOException {
    return client
        .send(TestGateway.request("GET", "/accounts/a1/login-options"))
        .read("GET")
        .status();
  }

  @Test
  void aConnectionServesSoManyRequestsAndNoMore() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld("limits: {requestsPerConnection: 2}", PROBE);
        RawClient client = new RawClient(world.gateway().address())) {
      String one = TestGateway.request("GET", "/accounts/a1/login-options");
      client.send(one + one + one);
      assertThat(RawClient.statuses(client.readToEnd())).containsExactly(200, 200);
    }
  }
}
