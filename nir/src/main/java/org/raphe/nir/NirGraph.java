package org.raphe.nir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;

/**
 * A NIR graph.
 *
 * @param nodes by name
 * @param edges what feeds what
 * @param metadata what else the file says: numbers, texts, and rows of them
 */
record NirGraph(Map<String, NirNode> nodes, List<Edge> edges, Map<String, Object> metadata) {

  NirGraph {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    edges = List.copyOf(edges);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** What comes out of one node goes into another. */
  record Edge(String from, String to) {}

  /** A node with its name. */
  record Named(String name, NirNode node) {}

  /**
   * The nodes in their order, from the one Input to the one Output.
   *
   * @throws InputException if they are not one chain; the message names the node where it forks
   */
  List<Named> chain() {
    Map<String, String> following = new HashMap<>();
    Map<String, String> leading = new HashMap<>();
    for (Edge edge : edges) {
      require(edge.from());
      require(edge.to());
      if (following.putIfAbsent(edge.from(), edge.to()) != null) {
        throw fork(edge.from(), "feeds several nodes");
      }
      if (leading.putIfAbsent(edge.to(), edge.from()) != null) {
        throw fork(edge.to(), "is fed by several nodes");
      }
    }
    List<Named> chain = new ArrayList<>();
    String name = onlyInput();
    while (name != null && chain.size() <= nodes.size()) {
      chain.add(new Named(name, nodes.get(name)));
      name = following.get(name);
    }
    Named last = chain.get(chain.size() - 1);
    if (!(last.node() instanceof NirNode.Output)) {
      throw new InputException(
          "node \"" + last.name() + "\" leads to no Output: what is read is one chain of layers");
    }
    requireAll(chain);
    return chain;
  }

  private void requireAll(List<Named> chain) {
    for (String name : nodes.keySet()) {
      if (chain.stream().noneMatch(named -> named.name().equals(name))) {
        throw new InputException(
            "node \"" + name + "\" is not on the way from the Input to the Output");
      }
    }
  }

  private String onlyInput() {
    String found = null;
    for (Map.Entry<String, NirNode> entry : nodes.entrySet()) {
      if (entry.getValue() instanceof NirNode.Input) {
        if (found != null) {
          throw new InputException(
              "nodes \""
                  + found
                  + "\" and \""
                  + entry.getKey()
                  + "\" are both Inputs; one is read");
        }
        found = entry.getKey();
      }
    }
    if (found == null) {
      throw new InputException("the graph has no Input node");
    }
    return found;
  }

  private void require(String name) {
    if (!nodes.containsKey(name)) {
      throw new InputException("an edge names the node \"" + name + "\", which is not there");
    }
  }

  private static InputException fork(String name, String what) {
    return new InputException(
        "node \"" + name + "\" " + what + ": networks that branch or recur cannot be read");
  }
}
