package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants and routes that do not meet. */
class GrantWarningsTest {
  @TempDir private Path temp;
  private ConfigFolder folder;

  @BeforeEach
  void gateway() {
    folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", "listen: 127.0.0.1:8080\n" + ConfigFolder.GATEWAY);
  }

  @Test
  void aPermissionThatNoGrantGivesOrNoRouteAsks() {
    folder.routes("- {path: /a, upstream: docs, methods: {GET: 'a:read'}}");
    folder.grants("- {to: authenticated, permissions: ['a:raed', 'a:*', 'b:*'], resources: /a}");

    assertThat(folder.lines())
        .containsExactly(
            "grants.yaml:2:39: warning: grants[0].permissions[0]: \"a:raed\": is asked by no route",
            "grants.yaml:2:56: warning: grants[0].permissions[2]: \"b:*\": is asked by no route");

    folder.grants("- {to: authenticated, permissions: ['a:list'], resources: /a}");
    assertThat(folder.lines())
        .contains(
            "routes.yaml:2:47: warning: routes[0].methods.GET: \"a:read\": asks for a:read, which no"
                + " grant can give");
  }

  @Test
  void aTokenCanGiveAnything() {
    folder.routes("- {path: /a, upstream: docs, methods: {GET: 'a:read'}}");
    folder.grants("- {to: authenticated, permissions: token, resources: /a}");

    assertThat(folder.lines()).isEmpty();
  }

  @Test
  void aWordThatIsMisspeltIsAPermissionThatNobodyHolds() {
    folder.routes(
        "- {path: /a, upstream: docs, methods: {GET: publc, PUT: publish}, knownTo: nobdy}");
    folder.grants("- {to: authenticated, permissions: token, resources: /a}");
    assertThat(folder.lines())
        .filteredOn(line -> line.contains("did you mean"))
        .containsExactly(
            "routes.yaml:2:47: warning: routes[0].methods.GET: \"publc\": is read as a permission,"
                + " which no grant names; did you mean \"public\"?",
            "routes.yaml:2:78: warning: routes[0].knownTo: \"nobdy\": is read as a permission,"
                + " which no grant names; did you mean \"nobody\"?");

    folder.grants("- {to: authenticated, permissions: ['*'], resources: /a}");
    assertThat(folder.lines()).filteredOn(line -> line.contains("did you mean")).hasSize(2);

    folder.grants("- {to: authenticated, permissions: [publish], resources: /a}");
    assertThat(folder.lines())
        .contains(
            "routes.yaml:2:47: warning: routes[0].methods.GET: \"publc\": asks for publc, which no"
                + " grant can give; did you mean \"public\"?");
  }

  @Test
  void aGrantOnWhatNoRouteLeadsTo() {
    folder.routes(
        """
        - {path: '/a/{x}/b', upstream: docs, methods: {GET: r}}
          - {path: '/a/{x}/b/publish', resource: '/a/{x}/c', upstream: docs, methods: {POST: r}}
          - {path: /files/**, upstream: docs, methods: {GET: r}}
          - {path: /slash/, upstream: docs, methods: {GET: r}}
          - {path: /t/**, host: "*.example.com", upstream: docs, methods: {GET: r}}
          - {path: /only, host: api.example.net, upstream: docs, methods: {GET: r}}
        """);
    List<String> met =
        List.of(
            "/**",
            "/a/**",
            "/a/1/b",
            "/a/*/b/**",
            "/a/{claims.account}/c",
            "/*/{any}/c",
            "/files",
            "/files/1/2",
            "/*/anything",
            "/slash/",
            "//x.example.com/t/1",
            "//*.example.com/**",
            "//{claims.t}.example.com/t",
            "//api.example.net/only",
            "//*.example.net/*");
    List<String> missed =
        List.of(
            "/",
            "/A/1/b",
            "/a",
            "/a/1",
            "/a/1/b/publish",
            "/a/1/d/**",
            "/a/*/b/*",
            "/slash",
            "/slash/*",
            "/t/1",
            "/only",
            "//example.com/t/1",
            "//x.example.com/u/**",
            "//api.example.net/other",
            "//*.example.org/**");
    for (String pattern : met) {
      folder.grants("- {to: authenticated, permissions: [r], resources: ['" + pattern + "']}");
      assertThat(folder.lines()).as(pattern).isEmpty();
    }
    for (String pattern : missed) {
      folder.grants(
          "- {to: authenticated, permissions: [r], resources: ['/**', '" + pattern + "']}");
      assertThat(folder.lines())
          .containsExactly(
              "grants.yaml:2:62: warning: grants[0].resources[1]: \""
                  + pattern
                  + "\": matches no resource of any route");
    }
  }
}
