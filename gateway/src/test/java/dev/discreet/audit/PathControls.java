package dev.discreet.audit;

import dev.discreet.audit.Controls.Control;
import dev.discreet.audit.Leaky.Asked;
import dev.discreet.audit.Leaky.Leak;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** What answers hold that is made of the path: no leak by itself, and leaks beside it. */
final class PathControls {
  private static final Set<String> CACHED = Set.of("GET", "HEAD", "OPTIONS");

  private static final Leak FORBIDDEN =
      (asked, answer) -> answer.body = "{\"title\":\"Forbidden\"}";

  private PathControls() {}

  /**
   * What is done to the answers for both paths.
   *
   * @param made where it shows
   */
  record Innocent(String title, Pair pair, Leak both, Set<String> made) {
    @Override
    public String toString() {
      return title;
    }
  }

  static List<Innocent> innocent() {
    Pair pair = new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING);
    Pair brief = new Pair("/things/11", "/things/22");
    return List.of(
        new Innocent("a tag that is the path's hash", pair, tagged("\"%08x\""), Set.of("etag")),
        new Innocent("a hash that is not padded", pair, tagged("\"%x\""), Set.of("etag")),
        new Innocent("the id of a cached answer", pair, cachedIds(), Set.of("x-request-id")),
        new Innocent(
            "a checksum in the body",
            pair,
            (asked, answer) -> answer.body = "{\"title\":\"No\",\"ref\":" + crc(asked) + "}",
            Set.of("body")),
        new Innocent(
            "an id of two characters",
            brief,
            (asked, answer) -> answer.body = "there is no thing " + asked.path().split("/", 4)[2],
            Set.of("body")),
        new Innocent(
            "the beginning of an id",
            new Pair(
                "/things/6e3a5b4c-0c55-4bd2-9b1e-3d2f6b3f0e11",
                "/things/0fd1a2b3-1111-4222-8333-9a8b7c6d5e4f"),
            (asked, answer) -> answer.set("x-brief", asked.path().split("-", 2)[0]),
            Set.of("x-brief")),
        new Innocent(
            "the path in capitals",
            pair,
            (asked, answer) -> answer.body = "no " + asked.path().toUpperCase(Locale.ROOT),
            Set.of()),
        new Innocent(
            "the path, compressed",
            pair,
            (asked, answer) -> {
              if (asked.field("accept-encoding").contains("gzip")) {
                answer.set("content-encoding", "gzip").body = gzip("there is no " + asked.path());
              }
            },
            Set.of("body")),
        new Innocent(
            "the path, compressed for all",
            pair,
            (asked, answer) -> {
              answer.set("content-encoding", "gzip");
              answer.body = gzip("<p>there is (no) thing at " + asked.path() + ": not found");
            },
            Set.of("body")),
        new Innocent(
            "a hash to the base 36 that is not padded",
            pair,
            (asked, answer) -> answer.set("x-hash", Long.toString(crc(asked), 36)),
            Set.of("x-hash")),
        new Innocent("words by the path's hash", pair, suggesting("not found"), Set.of("body")),
        new Innocent(
            "the end of the path, as it was sent",
            pair,
            (asked, answer) -> answer.set("x-end", end(asked.path())),
            Set.of("x-end")));
  }

  static List<Control> guilty() {
    return List.of(
        guilty("a tag that is longer than the others", tagged("\"%08x\""), tagged("\"%010x\"")),
        guilty("a tag of another shape", tagged("\"%08x\""), tagged("<%08x>")),
        guilty(
            "a tag of its own where the others share one", tag("\"0a1b2c3d\""), tagged("\"%08x\"")),
        new Control(
            Protocol.H1,
            Oracle.BODY,
            "the body, where other ids exist too",
            FORBIDDEN,
            others(FORBIDDEN)),
        new Control(
            Protocol.H1,
            Oracle.CACHING,
            "a tag of each, where other ids exist too",
            tagged("\"%08x\""),
            others(tagged("\"%08x\""))),
        new Control(
            Protocol.H1,
            Oracle.BODY,
            "the body beside a checksum of the path",
            titled("Forbidden"),
            titled("Not found")),
        new Control(
            Protocol.H1,
            Oracle.BODY,
            "the body beside words by the path's hash",
            padded(suggesting("forbidden")),
            padded(suggesting("not found"))),
        guilty(
            "a tag that is far longer than others of any length",
            tagged("\"%040x\""),
            (asked, answer) ->
                answer.set("etag", "\"" + end(asked.path()).replace("1", "one") + '"')),
        guilty(
            "no tag, where each of the others has one", tagged("\"%08x\""), (asked, answer) -> {}));
  }

  private static Control guilty(String title, Leak missing, Leak hidden) {
    return new Control(Protocol.H1, Oracle.CACHING, title, hidden, missing);
  }

  /** What is done for any path but that which is missing. */
  private static Leak others(Leak leak) {
    return (asked, answer) -> {
      if (!asked.path().contains(LeakyServer.MISSING)) {
        leak.change(asked, answer);
      }
    };
  }

  private static Leak titled(String title) {
    return (asked, answer) ->
        answer.body = "{\"title\":\"%s\",\"ref\":\"%08x\"}".formatted(title, crc(asked));
  }

  /** As many words as the hash says. */
  private static Leak suggesting(String title) {
    return (asked, answer) -> {
      Random random = new Random(crc(asked));
      Stream<String> words =
          random.ints(2 + random.nextInt(4), 1 << 12, 1 << 16).mapToObj(Integer::toHexString);
      answer.body = title + words.collect(Collectors.joining(", ", ", did you mean ", "?"));
    };
  }

  private static Leak padded(Leak leak) {
    return (asked, answer) -> {
      leak.change(asked, answer);
      answer.body = "%-80s".formatted(answer.body);
    };
  }

  private static Leak tag(String value) {
    return (asked, answer) -> answer.set("etag", value);
  }

  private static Leak tagged(String format) {
    return (asked, answer) -> answer.set("etag", format.formatted((int) crc(asked)));
  }

  private static Leak cachedIds() {
    Map<String, String> ids = new ConcurrentHashMap<>();
    return (asked, answer) -> {
      if (CACHED.contains(asked.method())) {
        String key = asked.method() + asked.path();
        answer.set("x-request-id", ids.computeIfAbsent(key, k -> UUID.randomUUID().toString()));
      }
    };
  }

  static long crc(Asked asked) {
    CRC32 crc = new CRC32();
    crc.update(asked.path().getBytes(StandardCharsets.ISO_8859_1));
    return crc.getValue();
  }

  private static String gzip(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(octets)) {
      gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toString(StandardCharsets.ISO_8859_1);
  }

  private static String end(String path) {
    return path.substring(path.length() - 3);
  }
}
