package dev.discreet.openapi;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML. Nodes are composed only: no tag is resolved, no class constructed. */
final class YamlTree {
  // What an alias stands for is read once, so that a few lines can't become billions.
  private final IdentityHashMap<Node, Tree> read = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();

  private YamlTree() {}

  static Tree read(String text) throws BadDocumentException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(TreeReader.MOST_OCTETS);
    options.setNestingDepthLimit(TreeReader.MOST_LEVELS);
    options.setMaxAliasesForCollections(10_000);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw new BadDocumentException(TreeReader.EMPTY);
      }
      return new YamlTree().tree(root, root);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new BadDocumentException(
          mark == null ? null : place(mark), "is not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new BadDocumentException("is not YAML: " + message, e);
    }
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Tree tree(Node node, Node name) throws BadDocumentException {
    Tree known = read.get(node);
    if (known != null) {
      return known;
    }
    Place at = place(name.getStartMark());
    if (open.put(node, true) != null) {
      throw new BadDocumentException(at, "an anchor holds itself");
    }
    Tree tree =
        switch (node) {
          case ScalarNode scalar -> new Tree.Text(at, scalar.getValue());
          case SequenceNode sequence -> new Tree.Items(at, items(sequence));
          case MappingNode mapping -> new Tree.Members(at, members(mapping));
          default -> throw new BadDocumentException(at, "an alias has no anchor");
        };
    read.put(node, tree);
    return tree;
  }

  private List<Tree> items(SequenceNode sequence) throws BadDocumentException {
    List<Tree> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(tree(item, item));
    }
    return items;
  }

  private Map<String, Tree> members(MappingNode mapping) throws BadDocumentException {
    Map<String, Tree> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new BadDocumentException(
            place(tuple.getKeyNode().getStartMark()), "a key must be text");
      }
      members.put(key.getValue(), tree(tuple.getValueNode(), key));
    }
    return members;
  }
}
