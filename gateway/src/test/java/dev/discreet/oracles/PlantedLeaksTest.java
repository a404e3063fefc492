package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Controls.Control;
import dev.discreet.audit.LeakyServer;
import dev.discreet.audit.Oracle;
import dev.discreet.audit.Protocol;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link OraclesTest} compares by would show the leaks that the audit is held to. */
class PlantedLeaksTest {
  @ParameterizedTest
  @MethodSource("dev.discreet.audit.Controls#all")
  void eachIsSeen(Control control) throws IOException {
    try (LeakyServer server = new LeakyServer(control.leak(), control.missing())) {
      assertThat(ways(control.protocol()))
          .as(control.toString())
          .anyMatch(way -> differs(server, control.protocol(), way));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereNoneIsNothingIsSeen(Protocol protocol) throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      assertThat(ways(protocol))
          .hasSizeGreaterThan(100)
          .noneMatch(way -> differs(server, protocol, way));
    }
  }

  private static List<Way> ways(Protocol protocol) {
    Transport transport = protocol == Protocol.H2 ? Transport.HTTP2 : Transport.HTTP1;
    Way anonymous = Way.of(Oracle.ANONYMOUS.number(), "no credential");
    return Stream.concat(Stream.of(anonymous), Ways.all().stream())
        .filter(way -> way.spokenIn(transport))
        .toList();
  }

  private static boolean differs(LeakyServer server, Protocol protocol, Way way) {
    return !tell(server, protocol, way, LeakyServer.HIDDEN)
        .equals(tell(server, protocol, way, LeakyServer.MISSING));
  }

  private static String tell(LeakyServer server, Protocol protocol, Way way, String path) {
    boolean known = way.oracle() != Oracle.ANONYMOUS.number();
    List<String> credential = known ? List.of("authorization: Bearer token") : List.of();
    List<Ask> asks = way.asks(path, LeakyServer.MISSING, (method, target) -> credential);
    StringBuilder told = new StringBuilder();
    try (Line line = line(server, protocol)) {
      told.append(line.tell(asks).shape());
      if (line.lives() && asks.getLast().body().whole()) {
        told.append(line.tell(List.of(Ask.get("/"))).shape());
      }
    } catch (SocketTimeoutException e) {
      told.append("nothing more");
    } catch (IOException e) {
      told.append("the end");
    }
    return told.toString();
  }

  private static Line line(LeakyServer server, Protocol protocol) throws IOException {
    Socket socket = new Socket(server.url().getHost(), server.url().getPort());
    return protocol == Protocol.H2 ? new Http2Line(socket, "http") : new Http1Line(socket);
  }
}
