package org.raphe.backend.device;

import java.util.List;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.NacaCompetitive;

/** Networks of competing columns to train on two backends. */
public final class CompetitiveCases {
  private static final AssociativeReadout WINNER = AssociativeReadout.WINNER;
  private static final AssociativeReadout RLS = AssociativeReadout.RLS;

  private CompetitiveCases() {}

  /**
   * Columns of one unit and of many, in one group and in several, more and fewer than win; inputs
   * and classes that are no whole number of stripes or tiles; batches that win a column often, once
   * or never.
   */
  public static List<DeviceCase> all() {
    return List.of(
        of("37-60-5", 32, 4, 5, 0.5f, new NacaCompetitive(0.06f, 2f, WINNER, 1f)),
        of("37-60-5", 7, 1, 1, 0.1f, new NacaCompetitive(0f, 0f, WINNER, 1f)),
        of("50-84-7", 32, 6, 3, 1f, new NacaCompetitive(0.06f, 2f, RLS, 0.01f)),
        of("64-40-2", 9, 2, 20, 2f, new NacaCompetitive(0.5f, 1f, RLS, 0.5f)),
        of("33-560-70", 9, 4, 3, 1f, new NacaCompetitive(0.06f, 2f, RLS, 0.1f)),
        of("1400-30-3", 9, 10, 1, 1f, new NacaCompetitive(0f, 2f, WINNER, 1f)),
        of("20-1400-2", 3, 1, 5, 1f, new NacaCompetitive(0.1f, 2f, WINNER, 1f)),
        of("21-300-3", 3, 1, 6, 1f, new NacaCompetitive(0.1f, 2f, RLS, 0.01f)),
        of("32-9-3", 1, 3, 2, 1f, new NacaCompetitive(0.06f, 2f, RLS, 0.01f)));
  }

  /** Competing columns of such a network. */
  public static DeviceCase of(
      String network, int batch, int size, int winners, float width, NacaCompetitive rule) {
    return new DeviceCase(
        NetworkText.parse(network, NeuronModel.RATE, Mode.CLASSIFICATION)
            .withColumns(size, winners, width),
        LearningSpec.competitive(rule),
        1,
        batch,
        false);
  }

  /** A network of few units, of columns of three units. */
  public static DeviceCase small(AssociativeReadout readout, int batch) {
    return of("9-18-3", batch, 3, 2, 1f, new NacaCompetitive(0.06f, 2f, readout, 0.01f));
  }
}
