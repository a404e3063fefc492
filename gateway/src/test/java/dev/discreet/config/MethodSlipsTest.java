package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A method may be any token; a slip away from a registered one it is hardly meant. */
class MethodSlipsTest {
  @TempDir private Path folder;

  private ConfigFolder routes(String method) {
    return new ConfigFolder(folder)
        .write("gateway.yaml", "listen: 127.0.0.1:8080\n" + ConfigFolder.GATEWAY)
        .write(
            "routes.yaml",
            "routes:\n  - {path: /a, upstream: docs, methods: {GET: public, %s: public}}\n"
                .formatted(method));
  }

  @ParameterizedTest
  @CsvSource({
    "PST,POST",
    "PSOT,POST",
    "GTE,GET",
    "PUTT,PUT",
    "DELET,DELETE",
    "PROPFND,PROPFIND",
    "Mkcol,MKCOL"
  })
  void aSlipIsAWarning(String method, String meant) {
    assertThat(routes(method).problems())
        .singleElement()
        .hasToString(
            "routes.yaml:2:55: warning: routes[0].methods.%s: \"%s\": is no registered method; did you mean \"%s\"?"
                .formatted(method, method, meant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "QUERY", "LINK", "UNLINK", "PURGE", "SUBSCRIBE", "M-SEARCH"})
  void whatIsRegisteredOrNearToNoneIsNot(String method) {
    assertThat(routes(method).problems()).isEmpty();
  }

  @Test
  void whatTheCommonOnesAreCalledComesFirst() {
    assertThat(RegisteredMethods.ALL).containsAll(MethodsReader.COMMON);
    assertThat(routes("PAT").problems()).singleElement().asString().endsWith("mean \"PUT\"?");
  }
}
