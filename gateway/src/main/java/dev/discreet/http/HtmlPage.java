package dev.discreet.http;

import dev.discreet.http.Answer.Field;
import dev.discreet.policy.Caller;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says itself, as a page for a person (SPEC §3). It depends on nothing but the
 * status, of a 403 on what is lacking and on the caller, and of a 401 on where to sign in: so one
 * 404 is the same as another.
 */
final class HtmlPage {
  static final String CONTENT_TYPE = "text/html; charset=utf-8";

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1b1f24;--quiet:#57606a;--page:#f6f7f9;--card:#fff;\
      --line:#d8dde3;--ask:#0b5cad;--on-ask:#fff}
      @media(prefers-color-scheme:dark){:root{--text:#e6e9ed;--quiet:#a3adb8;--page:#14171b;\
      --card:#1d2126;--line:#363c44;--ask:#7ab7ff;--on-ask:#0c1a2b}}
      body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
      main{box-sizing:border-box;max-width:38rem;margin:12vh auto 2rem;padding:2rem;\
      background:var(--card);border:1px solid var(--line);border-radius:.75rem}
      h1{margin:0;font-size:1.5rem;line-height:1.3}
      h1 span{color:var(--quiet);font-weight:400;margin-right:.35em}
      dl{margin:1.5rem 0 0}
      dt{color:var(--quiet);font-size:.875rem}
      dd{margin:0 0 1rem;overflow-wrap:anywhere}
      p{margin:1rem 0 0;overflow-wrap:anywhere}
      code{font:.9375rem/1.5 ui-monospace,monospace}
      .ask{display:inline-block;margin-top:.5rem;padding:.6rem 1.1rem;border-radius:.5rem;\
      background:var(--ask);color:var(--on-ask);font-weight:600;text-decoration:none}
      .ask:focus-visible{outline:3px solid var(--text);outline-offset:2px}
      @media(max-width:42rem){main{margin:0;min-height:100vh;padding:1.5rem;border:0;\
      border-radius:0}}
      """;

  /** What a page has that no other answer needs: it may do nothing but be styled. */
  static final List<Field> FIELDS =
      List.of(
          new Field(
              "content-security-policy",
              "default-src 'none'; style-src 'sha256-"
                  + sha256(STYLE)
                  + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
          new Field("referrer-policy", "no-referrer"));

  private HtmlPage() {}

  static byte[] of(
      HttpResponseStatus status,
      @Nullable Lacking lacking,
      Caller.@Nullable Authenticated caller,
      @Nullable String signIn) {
    StringBuilder page = new StringBuilder(STYLE.length() + 1024);
    String title = escape(status.reasonPhrase());
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(status.code())
        .append(' ')
        .append(title)
        .append("</title>\n")
        .append("<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n")
        .append("<h1><span>")
        .append(status.code())
        .append("</span>")
        .append(title)
        .append("</h1>\n");
    if (lacking != null) {
      tell(page, lacking, caller);
    }
    if (signIn != null) {
      button(page, signIn, "Sign in");
    }
    return page.append("</main>\n</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void tell(
      StringBuilder page, Lacking lacking, Caller.@Nullable Authenticated caller) {
    page.append("<p>").append(escape(lacking.detail())).append("</p>\n<dl>\n");
    row(page, "Resource", "<code>" + escape(lacking.resource()) + "</code>");
    row(page, lacking.alternatives() ? "Missing, one of" : "Missing", permissions(lacking));
    if (caller != null) {
      row(page, "You are known as", person(caller));
    }
    if (lacking.contact() != null) {
      row(page, "Whom to ask", escape(lacking.contact()));
    }
    page.append("</dl>\n");
    String url = lacking.askAt();
    if (url != null) {
      button(page, url, "Request access");
    }
  }

  private static void button(StringBuilder page, String url, String label) {
    page.append("<a class=\"ask\" href=\"")
        .append(escape(url))
        .append("\">")
        .append(label)
        .append("</a>\n");
  }

  private static void row(StringBuilder page, String term, String described) {
    page.append("<dt>").append(term).append("</dt><dd>").append(described).append("</dd>\n");
  }

  private static String permissions(Lacking lacking) {
    StringBuilder list = new StringBuilder();
    for (String permission : lacking.permissions()) {
      list.append(list.isEmpty() ? "<code>" : "<br><code>")
          .append(escape(permission))
          .append("</code>");
    }
    return list.toString();
  }

  /** Isolated, so that a name with marks of direction turns nothing around it. */
  private static String person(Caller.Authenticated caller) {
    return "<bdi>" + escape(caller.subject()) + "</bdi> (issuer " + escape(caller.issuer()) + ")";
  }

  private static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
