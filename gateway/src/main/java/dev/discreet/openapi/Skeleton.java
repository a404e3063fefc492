package dev.discreet.openapi;

import java.util.Locale;

/** The rest of a configuration, for who begins with a document: to be edited before it serves. */
public final class Skeleton {
  /** Who may do what. */
  public static final String GRANTS =
      """
      # Who holds which permission, on what. As it stands, what the caller's own token carries counts everywhere.
      grants:
        - to: authenticated
          permissions: token
          resources: /**
      """;

  private Skeleton() {}

  /** {@return a gateway.yaml for routes to {@code upstream}} */
  public static String gateway(OpenApi document, String upstream) {
    String server = document.server();
    return """
        # Edit what is said of issuer and upstream: both are examples.
        listen: 127.0.0.1:8080
        issuers:
          main:
            issuer: https://id.example.com
            audiences: [https://api.example.com]
            jwks: https://id.example.com/keys
        upstreams:
        %s  %s:
            url: http://127.0.0.1:8081
        """
        .formatted(
            server == null ? "" : "  # The document says: " + YamlText.comment(server) + "\n",
            YamlText.value(upstream));
  }

  /** {@return a name for an upstream and a file: what the document is called} */
  public static String name(OpenApi document) {
    String title =
        document.root().get("info") instanceof Tree.Members info ? info.text("title") : "";
    String slug = Names.slug(title).toLowerCase(Locale.ROOT);
    return slug.isEmpty() ? "api" : slug;
  }
}
