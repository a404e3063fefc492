package dev.discreet.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code resourceMetadata}. */
final class ResourceMetadataReader {
  private static final String RESOURCE_PATTERN =
      "(?:https://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])|http://(?:localhost|127\\.0\\.0\\.1))(?::[0-9]{1,5})?"
          + "(?:/(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+)*/?"
          + "(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?";
  private static final Key<URI> RESOURCE =
      Key.required(
          "resource",
          Types.parsed(RESOURCE_PATTERN, ResourceMetadataReader::resource),
          "The resource identifier: https:, or http: of this machine; no fragment.");
  private static final String SCOPE_TOKEN = "[\\x21\\x23-\\x5b\\x5d-\\x7e]+";
  private static final Type<String> SCOPE =
      Types.parsed(SCOPE_TOKEN, ResourceMetadataReader::scope);
  private static final Key<List<String>> SCOPES =
      Key.optional("scopes_supported", Types.listOf(SCOPE), "Scopes that clients may ask for.");
  private static final Key<String> NAME =
      Key.optional("resource_name", Types.TEXT, "What people call it.");
  private static final Key<String> DOCUMENTATION = page("resource_documentation", "developers");
  private static final Key<String> POLICY = page("resource_policy_uri", "how data may be used");
  private static final Key<String> TERMS = page("resource_tos_uri", "the terms of service");

  private static final Keys KEYS = Keys.of(RESOURCE, SCOPES, NAME, DOCUMENTATION, POLICY, TERMS);

  static final Key<ResourceMetadata> KEY =
      Key.optional(
          "resourceMetadata",
          new Type<>(new Shape.Mapping(KEYS), ResourceMetadataReader::read),
          "The document of RFC 9728; its authorization_servers are the issuers.");

  private ResourceMetadataReader() {}

  private static Key<String> page(String name, String about) {
    return Key.optional(
        name,
        Types.parsed("https://[!-~]+", ResourceMetadataReader::page),
        "Page about " + about + ".");
  }

  private static @Nullable ResourceMetadata read(Node node) {
    Section s = Section.of(node, KEYS);
    URI resource = s.find(RESOURCE);
    Map<String, Object> members = new LinkedHashMap<>();
    for (Key<?> key : List.of(NAME, SCOPES, DOCUMENTATION, POLICY, TERMS)) {
      Object value = s.find(key);
      if (value != null) {
        members.put(key.name(), value);
      }
    }
    return resource == null || !s.whole() ? null : new ResourceMetadata(resource, members);
  }

  private static URI resource(String text) {
    if (!text.matches(RESOURCE_PATTERN)) {
      throw new IllegalArgumentException(
          "must be an https: URL (http: to this machine only), without a fragment");
    }
    return URI.create(text);
  }

  private static String page(String text) {
    if (!text.matches("https://[!-~]+")) {
      throw new IllegalArgumentException("must be an https: URL");
    }
    return text;
  }

  /** RFC 6749 §3.3. */
  private static String scope(String text) {
    if (!text.matches(SCOPE_TOKEN)) {
      throw new IllegalArgumentException("is no scope: one is of printable ASCII, without blanks");
    }
    return text;
  }
}
