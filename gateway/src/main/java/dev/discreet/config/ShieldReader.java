package dev.discreet.config;

import dev.discreet.config.UpstreamConfig.StatusRange;
import dev.discreet.policy.Shield;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads {@code shield}: statuses, or a mapping that has them. */
final class ShieldReader {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final Type<List<StatusRange>> LIST =
      Types.list(
          Statuses.from(
              3, "is no status that can be replaced; write 403, or 4xx for a class of them"));
  private static final Key<List<StatusRange>> STATUSES =
      Key.required("statuses", LIST, "The statuses.");
  private static final Key<Boolean> UNLESS_KNOWN =
      Key.of(
          "unlessKnown",
          Types.BOOLEAN,
          "false",
          "Whether the upstream's answer is left to who may know of the resource.");
  private static final Keys KEYS = Keys.of(STATUSES, UNLESS_KNOWN);
  private static final Type<Shield> TYPE =
      new Type<>(Shape.anyOf(LIST.shape(), new Shape.Mapping(KEYS)), ShieldReader::read);

  static final Key<Shield> OF_GATEWAY = key("absent, none");
  static final Key<Shield> OF_UPSTREAM = key("absent, the gateway's");
  static final Key<Shield> OF_ROUTE = key("absent, the upstream's");

  private ShieldReader() {}

  private static Key<Shield> key(String absent) {
    return Key.optional(
        "shield",
        TYPE,
        "Statuses of answers that become the canonical 404, such as [403, 404], or"
            + " {statuses: list, unlessKnown: true}; "
            + absent
            + ".");
  }

  private static @Nullable Shield read(Node node) {
    if (node.isText()) {
      node.error("must be a list, such as [403, 404], or {statuses: list}");
      return null;
    }
    Shield shield;
    if (node.isList()) {
      shield = shield(LIST.read(node), false);
    } else {
      Section s = Section.of(node, KEYS);
      shield = shield(s.find(STATUSES), s.get(UNLESS_KNOWN));
    }
    if (shield != null
        && shield.statuses().contains(FORBIDDEN)
        && !shield.statuses().contains(NOT_FOUND)) {
      node.warn("leaves the upstream's own 404, by which hidden is told from missing; add 404");
    }
    return shield;
  }

  private static @Nullable Shield shield(@Nullable List<StatusRange> read, boolean unlessKnown) {
    if (read == null) {
      return null;
    }
    Set<Integer> statuses =
        read.stream()
            .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
            .boxed()
            .collect(Collectors.toSet());
    return new Shield(statuses, unlessKnown);
  }
}
