package dev.discreet.config;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients may read of the protected resource (RFC 9728).
 *
 * @param resource the resource identifier
 * @param members further members of the document, texts and lists of texts
 */
public record ResourceMetadata(URI resource, Map<String, Object> members) {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  public ResourceMetadata {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** {@return the path of the document (RFC 9728 §3.1)} */
  private String path() {
    String path = resource.getRawPath();
    return WELL_KNOWN + (path.equals("/") ? "" : path);
  }

  /** {@return whether a request asks for the document, whose query is that of the resource} */
  public boolean isAt(String path, @Nullable String query) {
    String own = resource.getRawQuery();
    return path.startsWith(WELL_KNOWN) && path.equals(path()) && (own == null || own.equals(query));
  }

  /** {@return path and query of the document} */
  public String target() {
    return path() + (resource.getRawQuery() == null ? "" : "?" + resource.getRawQuery());
  }

  /** {@return where clients find the document} */
  public String url() {
    return resource.getScheme() + "://" + resource.getRawAuthority() + target();
  }
}
