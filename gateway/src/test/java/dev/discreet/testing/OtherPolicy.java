package dev.discreet.testing;

import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grants;
import dev.discreet.policy.RouteTable;
import java.util.List;

/** A configuration whose routes and grants were made by a test. */
public final class OtherPolicy {
  private OtherPolicy() {}

  /** {@return {@code base} with these routes and grants} */
  public static GatewayConfig of(GatewayConfig base, RouteTable routes, List<Grant> grants) {
    return new GatewayConfig(
        base.listen(),
        base.admin(),
        base.realm(),
        base.resourceMetadata(),
        base.signIn(),
        base.issuers(),
        base.tokenFrom(),
        base.upstreams(),
        base.forward(),
        base.cors(),
        base.trustedProxies(),
        base.transport(),
        base.paths(),
        base.guard(),
        base.limits(),
        base.timeouts(),
        base.outliveToken(),
        base.log(),
        routes,
        new Grants(grants, base.issuers().keySet()));
  }
}
