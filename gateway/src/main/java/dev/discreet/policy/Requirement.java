package dev.discreet.policy;

import java.util.List;

/** What a route asks for a method. */
public sealed interface Requirement {
  /** Nothing: anybody may call. */
  enum Public implements Requirement {
    PUBLIC
  }

  /** A valid token, whatever it carries. */
  enum Authenticated implements Requirement {
    AUTHENTICATED
  }

  /** Every one of these permissions. */
  record AllOf(List<String> permissions) implements Requirement {
    public AllOf {
      permissions = List.copyOf(permissions);
    }
  }

  /** One of these permissions. */
  record AnyOf(List<String> permissions) implements Requirement {
    public AnyOf {
      permissions = List.copyOf(permissions);
    }
  }
}
