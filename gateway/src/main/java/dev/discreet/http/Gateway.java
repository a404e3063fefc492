package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.policy.Authorizer;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.upstream.RequestHeads;
import dev.discreet.upstream.Upstreams;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the connections of a running gateway share. */
final class Gateway {
  private final GatewayConfig config;
  private final Telemetry telemetry;
  private final TokenVerifier verifier;
  private final Upstreams upstreams;
  private final Authorizer authorizer;
  private final Answers answers;
  private final RequestHeads requestHeads;
  private final Connections connections;
  private final AtomicBoolean draining = new AtomicBoolean();

  Gateway(GatewayConfig config, Telemetry telemetry, TokenVerifier verifier, Upstreams upstreams) {
    this.config = config;
    this.telemetry = telemetry;
    this.verifier = verifier;
    this.upstreams = upstreams;
    authorizer = new Authorizer(config.routes(), config.grants());
    answers = new Answers(config.realm());
    requestHeads = new RequestHeads(config.forward(), config.trustedProxies(), config.upstreams());
    connections = new Connections(telemetry.requests());
  }

  GatewayConfig config() {
    return config;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  TokenVerifier verifier() {
    return verifier;
  }

  Upstreams upstreams() {
    return upstreams;
  }

  Authorizer authorizer() {
    return authorizer;
  }

  Answers answers() {
    return answers;
  }

  RequestHeads requestHeads() {
    return requestHeads;
  }

  Connections connections() {
    return connections;
  }

  boolean draining() {
    return draining.get();
  }

  /** From now on every answer ends its connection. */
  void drain() {
    draining.set(true);
  }
}
