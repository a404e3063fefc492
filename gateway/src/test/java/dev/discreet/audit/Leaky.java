package dev.discreet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a leaking server is asked and answers; a leak changes the answer for what exists. */
public final class Leaky {
  private Leaky() {}

  /** A request; names of fields in lower case. */
  public record Asked(String protocol, String method, String path, Map<String, String> fields) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    boolean has(String name) {
      return fields.containsKey(name);
    }

    boolean plain() {
      return method.equals("GET") && fields.size() <= 3;
    }
  }

  /** A change of the answer for what exists. */
  public interface Leak {
    void change(Asked asked, Answer answer);
  }

  /** An answer, 404 until it is changed. */
  public static final class Answer {
    int status = 404;
    String reason = "Not Found";
    String body = "{\"title\":\"Not Found\"}";
    final List<Field> fields = new ArrayList<>();

    /** Of an interim answer (103) that comes first, where there are any. */
    final List<Field> early = new ArrayList<>();

    boolean chunked;
    boolean closes;
    boolean continues;
    boolean readsFirst;
    boolean resets;
    boolean silent;
    boolean split;
    long delayNanos;

    Answer(String id) {
      set("content-type", "application/problem+json");
      set("cache-control", "no-store");
      set("x-request-id", id);
    }

    Answer status(int other, String why) {
      status = other;
      reason = why;
      return this;
    }

    Answer set(String name, String value) {
      fields.removeIf(field -> field.name().equals(name));
      fields.add(new Field(name, value));
      return this;
    }

    void reverse() {
      List<Field> reversed = new ArrayList<>(fields.reversed());
      fields.clear();
      fields.addAll(reversed);
    }

    void capitals() {
      List<Field> others =
          fields.stream()
              .map(field -> new Field(field.name().toUpperCase(Locale.ROOT), field.value()))
              .toList();
      fields.clear();
      fields.addAll(others);
    }

    /** {@return the fields with what tells the length} */
    List<Field> framed(boolean http1) {
      List<Field> all = new ArrayList<>(fields);
      if (chunked && http1) {
        all.add(new Field("transfer-encoding", "chunked"));
      } else if (all.stream().noneMatch(field -> field.name().equals("content-length"))) {
        all.add(new Field("content-length", Integer.toString(body.length())));
      }
      return all;
    }
  }
}
