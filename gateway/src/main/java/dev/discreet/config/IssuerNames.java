package dev.discreet.config;

import dev.discreet.policy.Grant.To;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of the issuers, and what grants say of them. */
final class IssuerNames {
  private final @Nullable Set<String> names;

  /**
   * Holds the names.
   *
   * @param names what is defined, or null where that could not be read
   */
  IssuerNames(@Nullable Set<String> names) {
    this.names = names;
  }

  /** {@return the issuers that a grant is about, or null for any} */
  @Nullable Set<String> resolve(Node grant, RecipientReader.Recipient to, Section section) {
    List<Located<String>> beside = section.find(RecipientReader.ISSUER);
    boolean both = to.issuerNode() != null && section.has(RecipientReader.ISSUER);
    if (both) {
      grant.error("says issuer twice, beside to and within it; remove one");
    }
    List<Located<String>> said = to.issuer() != null ? to.issuer() : beside;
    if (said == null || said.isEmpty()) {
      requireUnambiguous(grant, to, section);
      return null;
    }
    if (said.size() == 1 && said.getFirst().value().equals("any")) {
      return null;
    }
    if (to.to() instanceof To.Anyone) {
      said.getFirst().at().error("has no meaning with anyone, who may have no token at all");
    }
    Set<String> meant = new LinkedHashSet<>();
    for (Located<String> issuer : said) {
      if (issuer.value().equals("any")) {
        issuer.at().error("stands alone: it means every issuer");
        continue;
      }
      requireKnown(issuer);
      meant.add(issuer.value());
    }
    return meant;
  }

  private void requireUnambiguous(Node grant, RecipientReader.Recipient to, Section section) {
    boolean tried = to.issuerNode() != null || section.has(RecipientReader.ISSUER);
    boolean several = names != null && names.size() > 1;
    if (several && !tried && !(to.to() instanceof To.Anyone)) {
      grant.error("needs the key issuer, since there are several issuers; write a name, or any");
    }
  }

  private void requireKnown(Located<String> issuer) {
    if (names != null && !names.contains(issuer.value())) {
      issuer.at().errorNear("is not defined under issuers", names);
    }
  }
}
