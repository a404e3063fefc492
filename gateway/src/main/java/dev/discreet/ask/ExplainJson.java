package dev.discreet.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.ask.Policy.Explained;
import dev.discreet.identity.TokenReport;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Caller;
import dev.discreet.policy.CanonicalPath;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Explanation;
import dev.discreet.policy.Explanation.Asked;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Wanted;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Resource;
import dev.discreet.policy.Route;
import dev.discreet.policy.StepUp;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An explanation for programs: what {@link ExplainText} says, in the same order. */
public final class ExplainJson {
  private final JsonGenerator json;
  private final Explained explained;

  private ExplainJson(JsonGenerator json, Explained explained) {
    this.json = json;
    this.explained = explained;
  }

  /**
   * {@return a JSON object, its line ended}
   *
   * @param exists what the upstream is taken to know, or null to show every answer
   * @param token the caller's, or null
   */
  public static String of(
      Explained explained, @Nullable Existence exists, @Nullable TokenReport token) {
    return Json.text(json -> new ExplainJson(json, explained).write(exists, token));
  }

  private void write(@Nullable Existence exists, @Nullable TokenReport token) throws IOException {
    json.writeStartObject();
    answers(exists);
    if (token != null && explained.explanation() != null) {
      TokenText.supposed(json, token);
    }
    AccessRequest request = explained.request();
    json.writeBooleanField("read", request != null);
    if (request != null && !explained.local()) {
      caller(explained.inquiry().who());
    }
    Explanation explanation = explained.explanation();
    if (explanation != null && explained.inquiry().who() instanceof Who.Known(Caller caller)) {
      decided(explanation, caller);
    } else if (explained.observing() != null) {
      json.writeObjectFieldStart("route");
      Json.route(json, explained.observing());
      json.writeEndObject();
    }
    if (request != null) {
      json.writeBooleanField("observed", explained.observing() != null);
    }
    if (token != null) {
      TokenText.write(json, token);
    }
    json.writeEndObject();
  }

  private void answers(@Nullable Existence exists) throws IOException {
    switch (explained.ruling()) {
      case Ruling.Settled(Reply reply) -> Json.reply(json, "answer", reply);
      case Ruling.Depends depends when exists != null ->
          Json.reply(json, "answer", depends.when(exists));
      case Ruling.Depends depends -> {
        Json.reply(json, "ifExists", depends.present());
        Json.reply(json, "ifNot", depends.absent());
        Json.reply(json, "ifUnknown", depends.unknown());
      }
    }
  }

  private void caller(Who who) throws IOException {
    json.writeObjectFieldStart("caller");
    switch (who) {
      case Who.Refused(var reason, _) -> json.writeStringField("refused", reason.description());
      case Who.NoKeys(String issuer) -> json.writeStringField("noKeysOf", issuer);
      case Who.Known(Caller.Anonymous nobody) -> json.writeBooleanField("anonymous", true);
      case Who.Known(Caller.Authenticated known) -> {
        json.writeStringField("issuer", known.issuer());
        json.writeStringField("subject", known.subject());
        Json.texts(json, "groups", new TreeSet<>(known.groups()));
        Json.texts(json, "permissions", new TreeSet<>(known.permissions()));
      }
    }
    json.writeEndObject();
  }

  private void decided(Explanation explanation, Caller caller) throws IOException {
    Found found = explanation.found();
    if (found != null) {
      Route route = found.route();
      json.writeObjectFieldStart("route");
      Json.route(json, route);
      json.writeObjectFieldStart("captures");
      for (var capture : new TreeMap<>(found.captures()).entrySet()) {
        json.writeStringField(capture.getKey(), capture.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeStringField("resource", found.resource().toString());
    }
    json.writeArrayFieldStart("otherRoutes");
    for (Explanation.Rival rival : explanation.rivals()) {
      json.writeStartObject();
      Json.route(json, rival.route());
      json.writeStringField("why", Words.of(rival, found));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (found != null) {
      found(found, caller);
    }
  }

  private void found(Found found, Caller caller) throws IOException {
    Asked asked = found.asked();
    if (asked != null) {
      json.writeFieldName("permission");
      asked(asked, found.resource(), caller);
    }
    stepUp(found, caller);
    json.writeObjectFieldStart("mayKnow");
    json.writeBooleanField("mayKnow", found.mayKnow());
    json.writeStringField("rule", Words.of(found.route().knownTo()));
    json.writeArrayFieldStart("judgedBy");
    for (Asked one : found.knowing()) {
      asked(one, found.resource(), caller);
    }
    json.writeEndArray();
    json.writeEndObject();
    probe();
  }

  private void stepUp(Found found, Caller caller) throws IOException {
    StepUp asked = found.route().stepUp();
    if (asked.equals(StepUp.NONE)) {
      return;
    }
    json.writeObjectFieldStart("stepUp");
    Json.texts(json, "acr", asked.acr());
    if (asked.maxAge() != null) {
      json.writeNumberField("maxAge", asked.maxAge().toSeconds());
    }
    json.writeBooleanField("met", found.lacks() == null);
    if (found.lacks() != null) {
      json.writeStringField("lacks", found.lacks() == StepUp.Shortfall.ACR ? "acr" : "auth_time");
    }
    if (caller instanceof Caller.Authenticated known) {
      AuthenticationEvent event = known.authentication();
      json.writeObjectFieldStart("token");
      if (event.acr() != null) {
        json.writeStringField("acr", event.acr());
      }
      if (event.time() != null) {
        json.writeStringField("auth_time", event.time().toString());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void probe() throws IOException {
    if (!(explained.ruling() instanceof Ruling.Depends(var question, _, _, _))) {
      return;
    }
    Route route = question.route();
    List<String> segments = question.resource().segments();
    json.writeObjectFieldStart("probe");
    json.writeStringField("upstream", route.forwarding().upstream());
    json.writeStringField("method", explained.upstream(route).probe().method());
    json.writeStringField("path", CanonicalPath.of(segments, route.forwarding().stripSegments()));
    json.writeEndObject();
  }

  private void asked(Asked asked, Resource resource, Caller caller) throws IOException {
    json.writeStartObject();
    if (!asked.method().isEmpty()) {
      json.writeStringField("method", asked.method());
    }
    json.writeStringField("asks", Words.of(asked.requirement()));
    json.writeBooleanField("met", asked.met());
    json.writeArrayFieldStart("permissions");
    for (Wanted wanted : asked.permissions()) {
      wanted(wanted, resource, caller);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void wanted(Wanted wanted, Resource resource, Caller caller) throws IOException {
    json.writeStartObject();
    json.writeStringField("permission", wanted.permission());
    Grant by = wanted.by();
    if (by != null) {
      json.writeStringField("grantedBy", by.place());
      if (by.when() != null) {
        json.writeStringField("condition", by.when().toString());
      }
    } else {
      json.writeArrayFieldStart("notGrantedBy");
      for (Explanation.Miss miss : wanted.misses()) {
        json.writeStartObject();
        json.writeStringField("grant", miss.grant().place());
        Json.texts(json, "why", WhyNot.of(miss, caller, resource));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
