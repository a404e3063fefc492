package dev.discreet.config;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /** {@return path and query of the document, as {@code resource} has them (RFC 9728 §3.1)} */
  private String target() {
    String path = resource.getRawPath();
    String query = resource.getRawQuery();
    return WELL_KNOWN + (path.equals("/") ? "" : path) + (query == null ? "" : "?" + query);
  }

  /**
   * {@return whether a request asks for the document}
   *
   * @param path of the request
   * @param target its path and query
   */
  public boolean isAt(String path, String target) {
    return (resource.getRawQuery() == null ? path : target).equals(target());
  }

  /** {@return where clients find the document} */
  public String url() {
    return resource.getScheme() + "://" + resource.getRawAuthority() + target();
  }
}
