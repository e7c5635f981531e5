package org.raphe.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.Naca;
import org.raphe.rule.NacaCompetitive;
import org.raphe.tensor.TensorSpec;

class NetworkStateTest {
  private static Placement descending(Mode mode) {
    return new Placement(
        NetworkText.parse("5-4-3", NeuronModel.LIF, mode),
        LearningSpec.published(mode, new Naca()),
        2,
        2,
        1f,
        0.2f,
        3);
  }

  private static Placement columns(AssociativeReadout readout, int size) {
    return new Placement(
        NetworkText.parse("5-" + 6 * size + "-3", NeuronModel.RATE, Mode.CLASSIFICATION)
            .withColumns(size, 2, 0.3f),
        LearningSpec.competitive(new NacaCompetitive(0.06f, 2f, readout, 0.1f)),
        1,
        2,
        1f,
        0.2f,
        3);
  }

  private static List<String> names(Placement placement) {
    return placement.stateSpecs().stream().map(TensorSpec::name).toList();
  }

  @Test
  void everyParameterHasItsMoments() {
    assertEquals(
        List.of(
            "layers.0.weight",
            "layers.1.weight",
            "layers.1.bias",
            "first_moment.layers.0.weight",
            "first_moment.layers.1.weight",
            "first_moment.layers.1.bias",
            "second_moment.layers.0.weight",
            "second_moment.layers.1.weight",
            "second_moment.layers.1.bias"),
        names(descending(Mode.CLASS_CONTINUAL)));
    NetworkState state = descending(Mode.CLASSIFICATION).initialState();
    assertEquals(
        Parameters.draw(descending(Mode.CLASSIFICATION).network(), 3).sha256(),
        state.parameters().sha256());
    assertArrayEquals(new float[20], state.firstMoments().layers().get(0).weights());
    assertFalse(state.keepsBesideMoments("layers.0.weight"));
    assertFalse(state.keepsBesideMoments("first_moment.layers.0.head.weight"));
    assertTrue(state.keepsBesideMoments("layers.0.head.weight"));
  }

  @Test
  void columnsKeepWinsLengthsAndNoMoments() {
    List<String> parameters =
        List.of("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias");
    List<String> names = names(columns(AssociativeReadout.RLS, 2));
    assertEquals(parameters, names.subList(0, 4));
    assertEquals(
        List.of("columns.wins", "columns.lengths", "inverse_correlation"), names.subList(4, 7));
    List<TensorSpec> single = columns(AssociativeReadout.WINNER, 1).stateSpecs();
    assertEquals(new TensorSpec("columns.wins", List.of(6)), single.get(4));
    assertEquals(5, single.size(), "a column of one unit has no direction");
    float[] inverse =
        columns(AssociativeReadout.RLS, 2)
            .initialState()
            .tensors()
            .values(NetworkState.INVERSE_CORRELATION);
    assertEquals(36, inverse.length);
    assertEquals(1f / 0.1f, inverse[7]);
    assertEquals(0f, inverse[6]);
  }

  /** Of every kind of network, by the names that its placement says. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void aPlacedNetworkReadsWhatWasWritten(Mode mode) {
    for (Placement placement :
        List.of(
            descending(mode),
            columns(AssociativeReadout.WINNER, 1),
            columns(AssociativeReadout.RLS, 3))) {
      NetworkState written = placement.initialState();
      written.tensors().tensors().values().forEach(tensor -> tensor.values()[0] += 2.5f);
      try (CpuBackend backend = new CpuBackend(1);
          PlacedNetwork placed = backend.place(placement)) {
        placed.writeState(written);
        NetworkState read = placed.readState();
        assertEquals(placement.stateSpecs(), read.tensors().specs());
        assertEquals(written.tensors().sha256(), read.tensors().sha256());
        NetworkState others = columns(AssociativeReadout.RLS, 2).initialState();
        assertThrows(IllegalArgumentException.class, () -> placed.writeState(others));
        NetworkState more =
            written.and(Consolidation.none(placement.network()).state(placement.network()));
        assertThrows(IllegalArgumentException.class, () -> placed.writeState(more));
      }
    }
  }

  @Test
  void whatIsConsolidatedStandsUnderItsNames() {
    Placement placement = descending(Mode.CLASSIFICATION);
    Parameters drawn = placement.initialParameters();
    Consolidation kept = new Consolidation(drawn, Parameters.zeros(placement.network()), 7, 0.5);
    NetworkState state = placement.initialState().and(kept.state(placement.network()));
    assertTrue(state.tensors().has("fisher.layers.1.bias"));
    assertTrue(state.tensors().has("anchors.layers.0.weight"));
    Consolidation back = Consolidation.in(state);
    assertEquals(drawn.sha256(), back.fisher().sha256());
    assertEquals(7, back.samples());
    assertEquals(0.5, back.seconds());
    assertNull(Consolidation.in(placement.initialState()), "a network that keeps nothing of it");
  }
}
