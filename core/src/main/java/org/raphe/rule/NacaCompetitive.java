package org.raphe.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.network.Columns;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;

/**
 * Competing columns, plastic one class at a time: the expectation of a class opens the plasticity
 * of that class's own population of columns only, and among them the column that is nearest to the
 * sample learns. The layer is {@link Columns}, with K populations of M columns, one a class: class
 * c has columns cM .. (c+1)M-1.
 *
 * <p>The winner among a population's columns - a column that never won, else the largest {@code s_m
 * - conscience/2 (n_m M / sum n - 1)}, n_m being its wins so far (DeSieno 1988) - moves its centre
 * towards x and its directions towards what is left of x, each with rate (1 + amnesia) / (n_m +
 * amnesia), a direction seeing what those before it left over (candid incremental principal
 * components: Weng, Zhang, Hwang 2003). With columns of one unit this is competitive learning with
 * a conscience, and the nearest unit wins.
 *
 * @param conscience how much a column that wins more often than others is held back, in squared
 *     distance
 * @param amnesia how much more the latest samples count than older ones; 0: all alike
 * @param readout how the read-out learns
 * @param ridge of {@link AssociativeReadout#RLS}: the inverse of P's diagonal before any sample
 */
public record NacaCompetitive(
    float conscience, float amnesia, AssociativeReadout readout, float ridge) implements Rule {

  /** Most columns of a layer whose read-out learns by recursive least squares, which keeps P. */
  public static final int MAX_RLS_COLUMNS = 8192;

  private static final String CONSCIENCE = "conscience";
  private static final String AMNESIA = "amnesia";
  private static final String READOUT = "readout";
  private static final String RIDGE = "ridge";

  public NacaCompetitive {
    checkNotNegative(CONSCIENCE, conscience);
    checkNotNegative(AMNESIA, amnesia);
    if (!(ridge > 0) || !Float.isFinite(ridge)) {
      throw new InputException("the ridge must be finite and above 0, not " + ridge);
    }
    if (!Float.isFinite(1f / ridge)) {
      throw new InputException("the ridge, " + ridge + ", is too small: P begins with its inverse");
    }
  }

  /** The settings chosen on held-out images, docs/CONTINUAL.md. */
  public NacaCompetitive() {
    this(0.2f, 2f, AssociativeReadout.WINNER, 0.01f);
  }

  private static void checkNotNegative(String what, float value) {
    if (!(value >= 0) || !Float.isFinite(value)) {
      throw new InputException(what + " must be finite and at least 0, not " + value);
    }
  }

  @Override
  public String name() {
    return "naca-competitive";
  }

  @Override
  public String source() {
    return "competing columns opened by the expected class (after DeSieno 1988; Weng, Zhang, Hwang 2003)";
  }

  @Override
  public Signal signal() {
    return new Signal.Competition(conscience, amnesia, readout, ridge);
  }

  @Override
  public boolean descends() {
    return false;
  }

  @Override
  public boolean needsStream() {
    return true;
  }

  @Override
  public Rule with(String setting, String value) {
    return switch (setting) {
      case CONSCIENCE ->
          new NacaCompetitive(Setting.number(setting, value), amnesia, readout, ridge);
      case AMNESIA ->
          new NacaCompetitive(conscience, Setting.number(setting, value), readout, ridge);
      case READOUT ->
          new NacaCompetitive(
              conscience, amnesia, Setting.word(setting, AssociativeReadout.class, value), ridge);
      case RIDGE -> new NacaCompetitive(conscience, amnesia, readout, ridge(value));
      default -> Rule.super.with(setting, value);
    };
  }

  private float ridge(String value) {
    if (readout != AssociativeReadout.RLS) {
      throw new InputException(
          RIDGE + " goes with readout " + AssociativeReadout.RLS + ", not with " + readout);
    }
    return Setting.number(RIDGE, value);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(CONSCIENCE, conscience);
    settings.put(AMNESIA, amnesia);
    settings.put(READOUT, readout.toString());
    settings.put(RIDGE, readout == AssociativeReadout.RLS ? ridge : null);
    return settings;
  }

  /**
   * Checks that the hidden layer is one of columns, a whole number of them for every class.
   *
   * @throws InputException if it is not, or if P would be too large
   */
  @Override
  public void checkFits(NetworkSpec network) {
    Columns columns =
        network
            .columns()
            .orElseThrow(
                () ->
                    new InputException(
                        "rule "
                            + name()
                            + " needs a hidden layer of columns, not of single units"));
    if (readout == AssociativeReadout.RLS && columns.count() > MAX_RLS_COLUMNS) {
      throw new InputException(
          "recursive least squares keeps a matrix of columns x columns, at most "
              + MAX_RLS_COLUMNS
              + " of them, not "
              + columns.count());
    }
  }

  /** Zeros: a column takes its first sample as it is. */
  @Override
  public Parameters initialParameters(NetworkSpec network, long seed) {
    return Parameters.zeros(network);
  }
}
