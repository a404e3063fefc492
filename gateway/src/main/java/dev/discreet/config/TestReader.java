package dev.discreet.config;

import dev.discreet.config.PolicyTest.Expected;
import dev.discreet.config.PolicyTest.Identity;
import dev.discreet.config.PolicyTests.TestFile;
import dev.discreet.policy.Existence;
import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one file of policy tests. */
final class TestReader {
  private static final Key<Map<String, Object>> CLAIMS =
      Key.optional(
          "claims",
          new Type<>(Shape.names(new Shape.Anything()), ClaimValues::object),
          "The claims of a token that is not checked.");
  private static final Key<String> TOKEN =
      Key.optional(
          "token",
          new Type<>(Secrets.SHAPE, Secrets::secret),
          "A token, or {file: path}; it is checked.");
  private static final Key<Located<String>> ISSUER =
      Key.optional(
          "issuer", Types.located(Types.TEXT), "Whose token the claims are of: a name of issuers.");
  private static final Keys CALLER = Keys.of(CLAIMS, TOKEN, ISSUER).exactlyOne(CLAIMS, TOKEN);

  private static final Key<String> NAME =
      new Key<>("name", Types.TEXT, false, "", null, "What the test is called.");
  private static final Key<List<Located<String>>> AS =
      Key.optional(
          "as",
          Types.oneOrListOf(Types.located(Types.TEXT)),
          "Who asks: a name under callers, anonymous, or a list of them.");
  private static final Key<List<Request>> DO =
      Key.required(
          "do",
          Types.oneOrListOf(Types.parsed("[^ ]* [^ ]*", Request::parse)),
          "What is asked: GET /things/1, or a list.");
  private static final Key<String> HOST =
      new Key<>("host", Types.TEXT, false, "", null, "The host that is asked.");
  private static final Key<InetAddress> SOURCE =
      Key.optional(
          "source",
          Types.parsed("[0-9A-Fa-f:.%]+", TestReader::address),
          "The client's address; loopback where it is absent.");
  private static final Key<Instant> NOW =
      Key.optional(
          "now",
          Types.parsed("[-+0-9]+T[0-9:.]+Z", TestReader::time),
          "When it is, such as 2027-01-31T12:00:00Z; the present where it is absent.");
  private static final Key<Existence> EXISTS =
      Key.optional(
          "exists",
          Types.choice(
              Map.of(
                  "yes", Existence.PRESENT, "no", Existence.ABSENT, "unknown", Existence.UNKNOWN)),
          "What a probe would find.");
  // Read below: whether it is one outcome or one a caller depends on the key as.
  private static final Key<Node> EXPECT =
      Key.required(
          "expect",
          new Type<>(
              Shape.anyOf(ExpectedReader.SHAPE, Shape.names(ExpectedReader.SHAPE)), node -> node),
          "A status or forward, {answer, row, missing, allow, body}, or one of these a caller.");
  private static final Keys TEST = Keys.of(NAME, AS, DO, HOST, SOURCE, NOW, EXISTS, EXPECT);

  static final Key<List<Node.Member>> CALLERS =
      Key.of("callers", Types.members(Shape.names(new Shape.Mapping(CALLER))), "{}", "Who asks.");
  private static final Key<List<Node>> TESTS =
      new Key<>(
          "tests",
          Types.items(new Shape.Mapping(TEST)),
          true,
          List.of(),
          null,
          "What is asked, and what is expected.");
  static final Keys FILE = Keys.of(CALLERS, TESTS);

  /** A request line without its version. */
  private record Request(String method, String target) {
    static Request parse(String text) {
      String[] parts = text.split(" ", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("must be a method, one space and a path: GET /things/1");
      }
      return new Request(parts[0], parts[1]);
    }
  }

  private final String file;
  private final Set<String> issuers;
  private final Map<String, PolicyTests.Caller> callers = new LinkedHashMap<>();
  private final Set<String> names = new LinkedHashSet<>(List.of(PolicyTest.ANONYMOUS));
  private final List<PolicyTest> tests = new ArrayList<>();

  TestReader(String file, Set<String> issuers) {
    this.file = file;
    this.issuers = issuers;
  }

  TestFile read(Node root) {
    Section section = Section.of(root, FILE);
    section.get(CALLERS).forEach(this::caller);
    section.get(TESTS).forEach(this::test);
    return new TestFile(file, callers, tests);
  }

  private void caller(Node.Member member) {
    names.add(member.name());
    if (member.name().equals(PolicyTest.ANONYMOUS)) {
      member.key().error("is who has no token, and needs no definition; remove it");
      return;
    }
    Section section = Section.of(member.value(), CALLER);
    Located<String> issuer = section.find(ISSUER);
    if (issuer != null && !issuers.contains(issuer.value())) {
      issuer.at().errorNear("is not an issuer of the configuration", issuers);
    }
    if (!section.whole()) {
      return;
    }
    Map<String, Object> claims = section.find(CLAIMS);
    String token = section.find(TOKEN);
    Place place = member.key().value().place();
    if (claims != null || token != null) {
      Identity identity =
          claims == null
              ? new Identity.Bearing(String.valueOf(token).strip())
              : new Identity.Claimed(claims, issuer == null ? null : issuer.value());
      callers.put(
          member.name(),
          new PolicyTests.Caller(file, place.line(), place.column(), member.name(), identity));
    }
  }

  private void test(Node node) {
    Section section = Section.of(node, TEST);
    Node expect = section.find(EXPECT);
    List<Request> requests = section.find(DO);
    Map<String, Expected> byCaller =
        expect == null ? Map.of() : expected(section.find(AS), section.has(AS), expect);
    if (requests == null) {
      return;
    }
    for (Request request : requests) {
      byCaller.forEach(
          (caller, expected) ->
              tests.add(
                  new PolicyTest(
                      file,
                      node.value().place().line(),
                      section.get(NAME),
                      caller,
                      request.method(),
                      request.target(),
                      section.get(HOST),
                      section.find(SOURCE),
                      section.find(NOW),
                      section.find(EXISTS),
                      expected)));
    }
  }

  private Map<String, Expected> expected(
      @Nullable List<Located<String>> as, boolean one, Node expect) {
    Map<String, Expected> byCaller = new LinkedHashMap<>();
    if (one) {
      Expected expected = ExpectedReader.read(expect);
      for (Located<String> caller : as == null ? List.<Located<String>>of() : as) {
        requireKnown(caller.at(), caller.value());
        if (expected != null) {
          byCaller.put(caller.value(), expected);
        }
      }
      return byCaller;
    }
    if (expect.isText() || expect.isList()) {
      expect.error("says of whom? write the key as, or {caller: answer, …}");
      return byCaller;
    }
    for (Node.Member member : expect.members()) {
      requireKnown(member.key(), member.name());
      Expected expected = ExpectedReader.read(member.value());
      if (expected != null) {
        byCaller.put(member.name(), expected);
      }
    }
    return byCaller;
  }

  private static InetAddress address(String text) {
    InetAddress address = Addresses.literal(text);
    if (address == null) {
      throw new IllegalArgumentException("is not an IP address");
    }
    return address;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("is not a time such as 2027-01-31T12:00:00Z", e);
    }
  }

  private void requireKnown(Node at, String caller) {
    if (!names.contains(caller)) {
      at.errorNear("is not defined under callers", names);
    }
  }
}
