package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.rule.NacaCompetitive;
import org.raphe.rule.Rule;
import picocli.CommandLine.Option;

/** Options of {@code --rule naca-competitive}; under another rule they are refused. */
@OptionGroup.Of(OptionGroup.RULE)
final class CompetitionOptions {
  @Option(
      names = "--column",
      paramLabel = "C",
      description =
          "naca-competitive: units of a column, its centre and C - 1 directions; 1: every unit competes by itself. Default: 10, and no more than half of the features.")
  Integer column;

  @Option(
      names = "--winners",
      paramLabel = "K",
      description =
          "naca-competitive: columns that stay active in a sample, the nearest ones; 1: the nearest tells the class. Default: 5.")
  Integer winners;

  @Option(
      names = "--tuning-width",
      paramLabel = "W",
      description =
          "naca-competitive: width of a column's tuning; samples have length 1. Default: 0.1.")
  Float width;

  @Option(
      names = "--conscience",
      paramLabel = "G",
      description =
          "naca-competitive: how much a column that wins often is held back, in squared distance. Default: 0.2.")
  Float conscience;

  @Option(
      names = "--amnesia",
      paramLabel = "L",
      description = "naca-competitive: a column learns with rate (1 + L) / (wins + L). Default: 2.")
  Float amnesia;

  @Option(
      names = "--readout",
      paramLabel = "winner|rls",
      description =
          "naca-competitive: the read-out joins each winner to the expected class and touches nothing else, or learns by recursive least squares, which costs columns^2 a sample. Default: winner.")
  String readout;

  @Option(
      names = "--ridge",
      paramLabel = "R",
      description =
          "naca-competitive with --readout rls: regularisation, 1 / P before any sample; or that of a baseline that has one. Default: 0.01; baselines: see --baseline.")
  Float ridge;

  private static final int COLUMN = 10;
  private static final int WINNERS = 5;
  private static final float WIDTH = 0.1f;

  /** Units of a column for samples of {@code features} features. */
  int size(int features) {
    if (column != null && column < 1) {
      throw new InputException("a column has at least 1 unit, not " + column);
    }
    return column == null ? Math.min(COLUMN, Math.max(1, features / 2)) : column;
  }

  /**
   * A network with its hidden units in columns.
   *
   * @throws InputException if that cannot be, or if directions span all features: then every column
   *     is as near to a sample as any other
   */
  NetworkSpec inColumns(NetworkSpec network) {
    int features = network.input().size();
    int size = size(features);
    if (size > features) {
      throw new InputException(
          "the directions of a column of "
              + size
              + " units span all "
              + features
              + " features, so that every column is as near to every sample; choose a --column of at most "
              + features);
    }
    return network.withColumns(
        size, winners == null ? WINNERS : winners, width == null ? WIDTH : width);
  }

  /** The rule with the settings that are given. */
  Rule with(Rule rule) {
    return rule.with(ofRule());
  }

  private Map<String, Object> ofRule() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("conscience", conscience);
    given.put("amnesia", amnesia);
    given.put("readout", readout);
    given.put("ridge", ridge);
    given.values().removeIf(Objects::isNull);
    return given;
  }

  /**
   * Checks that none of these options is given under another rule.
   *
   * @throws InputException naming those that are
   */
  void refuse(String rule) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("column", column);
    given.put("winners", winners);
    given.put("tuning-width", width);
    given.values().removeIf(Objects::isNull);
    given.putAll(ofRule());
    if (!given.isEmpty()) {
      throw new InputException(
          given.keySet().stream().map(name -> "--" + name).collect(Collectors.joining(", "))
              + ": for --rule "
              + new NacaCompetitive().name()
              + " alone, not for "
              + rule);
    }
  }
}
