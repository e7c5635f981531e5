package org.raphe.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.raphe.network.NetworkSpec;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;

/**
 * Neuromodulation-assisted credit assignment: the level that the expectation of class c broadcasts,
 * received through each unit's innervation and modulated, is the unit's signal, f(n_j(c)). No
 * output and no error is needed.
 *
 * <p>Source: Zhang et al., Science Advances 9(34), eadi2947, 2023; docs/ALGORITHM.md, sections 3 to
 * 5.
 *
 * @param curve modulation f
 * @param innervation distribution of NI
 */
public record Naca(ModulationCurve curve, InnervationDistribution innervation) implements Rule {
  private static final String LAMBDA = "lambda";
  private static final String THETA_MAX = "theta-max";
  private static final String INNERVATION = "innervation";

  /** The published settings. */
  public Naca() {
    this(ModulationCurve.PUBLISHED, InnervationDistribution.UNIFORM);
  }

  @Override
  public String name() {
    return "naca";
  }

  @Override
  public String source() {
    return "neuromodulation-assisted credit assignment (Zhang et al. 2023)";
  }

  @Override
  public Signal signal() {
    return new Signal.Broadcast(curve, innervation);
  }

  @Override
  public Naca with(String setting, String value) {
    return switch (setting) {
      case LAMBDA ->
          new Naca(
              new ModulationCurve(Setting.number(setting, value), curve.thetaMax()), innervation);
      case THETA_MAX ->
          new Naca(
              new ModulationCurve(curve.lambda(), Setting.number(setting, value)), innervation);
      case INNERVATION ->
          new Naca(curve, Setting.word(setting, InnervationDistribution.class, value));
      default -> (Naca) Rule.super.with(setting, value);
    };
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(LAMBDA, curve.lambda());
    settings.put(THETA_MAX, curve.thetaMax());
    settings.put(INNERVATION, innervation.toString());
    return settings;
  }

  /** m n + n k for a network m-n-k. */
  @Override
  public OptionalDouble publishedOperations(NetworkSpec network) {
    return OptionalDouble.of(
        (double) network.layers().get(0).weights() + network.layers().get(1).weights());
  }
}
