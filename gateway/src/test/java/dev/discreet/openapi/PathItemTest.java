package dev.discreet.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside the <code>$ref</code> of a path item counts too. */
class PathItemTest {
  @TempDir private Path folder;

  private OpenApi read(String paths) throws Exception {
    return OpenApi.read(
        Files.writeString(
            folder.resolve("api.yaml"),
            """
            openapi: 3.1.0
            servers: [{url: /v1}]
            paths:
            %s
            components:
              pathItems:
                one: {get: {operationId: g}, put: {}}
                two: {$ref: '#/components/pathItems/one', delete: {}}
                served: {servers: [{url: /v2}], get: {}}
            """
                .formatted(paths.indent(2).stripTrailing())));
  }

  private static List<String> operations(OpenApi document) {
    return document.operations().stream().map(Operation::toString).toList();
  }

  private static List<String> unread(OpenApi document) {
    return document.unread().stream().map(each -> each.what() + " " + each.why()).toList();
  }

  @Test
  void itsOperationsAreThoseOfBoth() throws Exception {
    OpenApi document =
        read(
            "/a: {$ref: '#/components/pathItems/one', post: {}}\n/b: {patch: {}, $ref: '#/components/pathItems/two'}");
    assertThat(operations(document))
        .containsExactlyInAnyOrder(
            "POST /v1/a",
            "GET /v1/a",
            "PUT /v1/a",
            "PATCH /v1/b",
            "DELETE /v1/b",
            "GET /v1/b",
            "PUT /v1/b");
    assertThat(document.unread()).isEmpty();
  }

  @Test
  void whatStandsInBothIsToldAndHasNoRoute() throws Exception {
    OpenApi document = read("/a: {$ref: '#/components/pathItems/one', put: {}}");
    assertThat(operations(document)).containsExactly("GET /v1/a");
    assertThat(unread(document)).containsExactly("PUT /v1/a " + PathItem.UNDEFINED);
    assertThat(document.unread().getFirst().at().toString()).startsWith("4:");
    assertThat(RoutesYaml.of(document, RouteDrafts.of(document, new LeaveOut()), "api"))
        .contains("PUT /v1/a", "does not say which one counts");
  }

  @Test
  void serversOfEitherHoldForAllOfItAndOfBothForNone() throws Exception {
    assertThat(operations(read("/a: {$ref: '#/components/pathItems/served', post: {}}")))
        .containsExactlyInAnyOrder("GET /v2/a", "POST /v2/a");
    OpenApi document =
        read("/a: {$ref: '#/components/pathItems/served', servers: []}\n/b: {get: {}}");
    assertThat(operations(document)).containsExactly("GET /v1/b");
    assertThat(unread(document)).containsExactly("/a has servers: the list " + PathItem.UNDEFINED);
  }
}
