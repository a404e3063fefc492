package dev.discreet.ask;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A path that stands for many: what no grant tells apart is shown as the route's template has it,
 * what a grant names is shown as that grant has it.
 *
 * @param host the host, or empty for none
 * @param segments the path
 */
record Sample(Piece host, List<Piece> segments) {
  Sample {
    segments = List.copyOf(segments);
  }

  /** {@return this path itself, on any host} */
  static Sample plain(List<String> path) {
    return new Sample(
        new Piece.Text(""), path.stream().<Piece>map(text -> new Piece.Text(text)).toList());
  }

  /** A segment, or the host. */
  sealed interface Piece {
    /**
     * This text. Where it stands for anything, such as <code>{account}</code>, no pattern can name
     * it: braces and stars are not plain text there.
     */
    record Text(String text) implements Piece {}

    /** What the caller's claim says, and what follows it. */
    record Claim(String name, String suffix) implements Piece {}

    /** {@return as people read it} */
    default String label() {
      return switch (this) {
        case Text(String text) -> text;
        case Claim(String name, String suffix) -> "{claims." + name + "}" + suffix;
      };
    }
  }

  /** {@return as people read it} */
  String label() {
    String path = segments.stream().map(Piece::label).collect(Collectors.joining("/", "/", ""));
    return host.label().isEmpty() ? path : "//" + host.label() + path;
  }

  /** {@return the request of this caller, or null if it lacks a claim that is needed} */
  @Nullable AccessRequest request(String method, Caller caller, Moment moment) {
    String at = text(host, caller);
    List<String> path = new ArrayList<>();
    for (Piece segment : segments) {
      String text = text(segment, caller);
      if (text == null) {
        return null;
      }
      path.add(text);
    }
    return at == null ? null : new AccessRequest(method, at, path, moment.source(), moment.time());
  }

  /** Of a claim with several values the first by the alphabet. */
  private static @Nullable String text(Piece piece, Caller caller) {
    return switch (piece) {
      case Piece.Text(String text) -> text;
      case Piece.Claim(String name, String suffix) -> {
        TreeSet<String> values =
            caller instanceof Caller.Authenticated known
                ? new TreeSet<>(known.claims().segments(name))
                : new TreeSet<>();
        yield values.isEmpty() ? null : values.first() + suffix;
      }
    };
  }
}
