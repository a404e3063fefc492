package dev.discreet.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One route: what it matches, what it asks, who may know, and where it leads.
 *
 * @param place where it stands, {@code file:line}, for explanations
 * @param name shown in logs
 * @param host an exact host, {@code *.} and a suffix, or null for any
 * @param path the template that requests are matched with
 * @param resource the template of what is decided upon and probed; {@code path} unless configured
 * @param methods what each named method asks, in the order of the file
 * @param emptyList the body of the empty list where this is a collection, else null
 * @param knownTo who may know
 * @param stepUp how strongly and freshly a caller must have authenticated
 * @param onUnknown what a failed probe means
 * @param requestAccess whom a 403 tells to ask, or null
 * @param observes whether what would be refused goes on, and is only counted
 * @param forwarding where a permitted request goes
 */
public record Route(
    String place,
    String name,
    @Nullable String host,
    PathTemplate path,
    PathTemplate resource,
    Map<String, Requirement> methods,
    @Nullable String emptyList,
    KnownTo knownTo,
    StepUp stepUp,
    OnUnknown onUnknown,
    @Nullable RequestAccess requestAccess,
    boolean observes,
    Forwarding forwarding) {
  public Route {
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
  }

  /**
   * Where a permitted request goes; the decision itself reads none of it.
   *
   * @param upstream the upstream's name
   * @param stripSegments how many leading segments are not sent upstream, nor in a probe
   * @param bodyLimit the largest request body in octets, 0 for no limit
   * @param responseTimeout how long the upstream may take to its response head, or null for the
   *     upstream's own
   * @param headers what is changed of the heads that pass
   * @param shield which answers become the canonical 404
   */
  public record Forwarding(
      String upstream,
      int stripSegments,
      long bodyLimit,
      @Nullable Duration responseTimeout,
      HeaderChanges headers,
      Shield shield) {}

  /** {@return whether this is a list, whose existence is never asked} */
  public boolean collection() {
    return emptyList != null;
  }

  /** {@return whether what is decided upon is the path itself} */
  public boolean resourceIsPath() {
    return resource.equals(path);
  }
}
