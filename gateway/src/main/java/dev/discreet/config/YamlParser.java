package dev.discreet.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * From the text of one file to a {@link Value}. It reads YAML's events itself: so no tag is ever
 * resolved, no class constructed, and what aliases expand to is counted.
 */
final class YamlParser {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASED = 10_000;

  private final String file;
  private final Problems problems;
  private final Parser events;
  private final Map<String, Anchor> anchors = new HashMap<>();
  private int depth;
  private long nodes;
  private long aliased;

  /** An anchored value, and how many values it holds, itself included. */
  private record Anchor(Value value, long size) {}

  /** Reading this file has no use any more. */
  private static final class Unreadable extends RuntimeException {
    private final transient Mark mark;

    Unreadable(Mark mark, String message) {
      super(message);
      this.mark = mark;
    }
  }

  private YamlParser(String file, String text, Problems problems) {
    this.file = file;
    this.problems = problems;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(YamlFiles.MAX_OCTETS);
    events = new ParserImpl(new StreamReader(text), options);
  }

  /** {@return the only document of the file, or null after its problem was reported} */
  static @Nullable Value parse(String file, String text, Problems problems) {
    try {
      return new YamlParser(file, text, problems).document();
    } catch (Unreadable e) {
      problems.error(place(file, e.mark), "", "", String.valueOf(e.getMessage()));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      Place place = mark == null ? Place.ofFile(file) : place(file, mark);
      String message = String.valueOf(e.getProblem()).strip();
      // A template within { … } is what people write first.
      String mend = message.endsWith("but got {") ? "; quote text that holds { or }" : "";
      problems.error(place, "", "", "is not YAML: " + message + mend);
    } catch (ReaderException e) {
      String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
      problems.error(Place.after(file, before), "", "", "has a character that YAML does not allow");
    } catch (YAMLException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.error(Place.ofFile(file), "", "", "is not YAML: " + message);
    }
    return null;
  }

  private @Nullable Value document() {
    events.getEvent();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      reportEmpty();
      return null;
    }
    events.getEvent();
    Value root = value("");
    events.getEvent();
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      throw new Unreadable(
          events.peekEvent().getStartMark(),
          "a second document begins here; write one document per file");
    }
    if (root instanceof Value.Text text && text.raw().isEmpty()) {
      reportEmpty();
      return null;
    }
    return root;
  }

  private void reportEmpty() {
    problems.error(new Place(file, 1, 1), "", "", "is empty; write something or remove the file");
  }

  private Value value(String path) {
    Event event = events.getEvent();
    long before = nodes++;
    return switch (event) {
      case AliasEvent alias -> expand(alias);
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag(), scalar, path);
        yield anchored(scalar.getAnchor(), text(scalar), before);
      }
      case CollectionStartEvent start -> {
        refuseTag(start.getTag(), start, path);
        if (++depth > MAX_DEPTH) {
          throw new Unreadable(
              start.getStartMark(), "is nested deeper than " + MAX_DEPTH + " levels");
        }
        Value read = start instanceof MappingStartEvent ? entries(start, path) : items(start, path);
        depth--;
        yield anchored(start.getAnchor(), read, before);
      }
      default -> throw new Unreadable(event.getStartMark(), "is not a value");
    };
  }

  private Value anchored(@Nullable String anchor, Value value, long before) {
    if (anchor != null) {
      anchors.put(anchor, new Anchor(value, nodes - before));
    }
    return value;
  }

  /** An alias counts as all that it stands for, so that a few lines can't become billions. */
  private Value expand(AliasEvent alias) {
    Anchor anchor = anchors.get(alias.getAnchor());
    if (anchor == null) {
      throw new Unreadable(
          alias.getStartMark(), "no anchor &" + alias.getAnchor() + " ends before this alias");
    }
    nodes += anchor.size() - 1;
    aliased += anchor.size();
    if (aliased > MAX_ALIASED) {
      throw new Unreadable(
          alias.getStartMark(),
          "the aliases of this file expand to more than " + MAX_ALIASED + " values");
    }
    return anchor.value();
  }

  private Value items(CollectionStartEvent start, String path) {
    List<Value> items = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      items.add(value(path + "[" + items.size() + "]"));
    }
    events.getEvent();
    return new Value.Items(place(start), items);
  }

  private Value entries(CollectionStartEvent start, String path) {
    Map<String, Value.Entry> entries = new LinkedHashMap<>();
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Value.Text key = key(path);
      String keyPath = KeyPath.child(path, key.raw());
      Value value = value(keyPath);
      Value.Entry first = entries.putIfAbsent(key.raw(), new Value.Entry(key, value));
      if (first != null) {
        problems.error(
            key.place(), keyPath, key.raw(), "stands twice; first at " + first.key().place());
      } else if (key.plain() && key.raw().equals("<<")) {
        problems.error(
            key.place(), keyPath, key.raw(), "merge keys are not read; write the keys out");
        entries.remove(key.raw());
      }
    }
    events.getEvent();
    return new Value.Entries(place(start), List.copyOf(entries.values()));
  }

  private Value.Text key(String path) {
    Event event = events.getEvent();
    if (!(event instanceof ScalarEvent scalar)) {
      throw new Unreadable(event.getStartMark(), "a key must be text");
    }
    refuseTag(scalar.getTag(), scalar, path);
    nodes++;
    return text(scalar);
  }

  private Value.Text text(ScalarEvent scalar) {
    return new Value.Text(place(scalar), scalar.getValue(), scalar.isPlain());
  }

  private void refuseTag(@Nullable String tag, Event event, String path) {
    if (tag != null) {
      problems.error(place(event), path, tag, "tags are not read; remove it");
    }
  }

  private Place place(Event event) {
    return place(file, event.getStartMark());
  }

  private static Place place(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
