package org.raphe.backend.device;

import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.backend.TileLayout;
import org.raphe.network.Convolution;
import org.raphe.network.Layer;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Signal;

/**
 * Whether a network's sizes fit the numbers that they are counted in - kernels take ints, and
 * arrays that go to a device and back have int lengths - and the axes of a launch. All of it is
 * looked at before anything is allocated.
 */
final class NetworkSizes {
  private static final String UNITS = "choose fewer units";
  private static final String BATCH = "choose fewer units or a smaller batch";
  private static final String CLASSES = "choose fewer units or classes";
  private static final String STEPS = "choose fewer units or steps, or a smaller batch";

  private final LaunchLimits limits;
  private final Placement placement;

  private NetworkSizes(LaunchLimits limits, Placement placement) {
    this.limits = limits;
    this.placement = placement;
  }

  /**
   * Checks all layers of a network.
   *
   * @throws InputException if a size does not fit, in one line
   */
  static void check(LaunchLimits limits, Placement placement) {
    NetworkSizes sizes = new NetworkSizes(limits, placement);
    for (int layer = 0; layer < placement.network().layers().size(); layer++) {
      sizes.check(layer);
    }
  }

  private void check(int number) {
    Layer given = placement.network().layers().get(number);
    SizedLayer layer = new SizedLayer(number + 1, given, limits.device());
    TileLayout layout = new TileLayout(given.fanIn(), given.channels(), LaunchShape.TILE);
    long stride = new TileLayout(1, given.units(), LaunchShape.TILE).paddedUnits();
    long batch = placement.batch();
    layer.check("weights, units rounded up to tiles,", layout.size(), UNITS);
    boolean readout = placement.network().isReadout(number);
    boolean credited = placement.learning().rule().signal().isCredited();
    if (readout || credited) { // What learns a tile a group.
      layer.check("tiles", layout.tiles(), limits.groups().y(), UNITS);
    }
    // Groups of a batch and the counters of each are fewer.
    layer.check("outputs of a batch", batch * stride, BATCH);
    if (placement.network().neuron() == NeuronModel.LIF) {
      checkWindow(layer, given, stride);
    }
    if (!readout && credited) {
      checkSignals(layer, given, stride);
    }
    if (given.convolution().isPresent()) {
      checkGroups(layer, given.convolution().get());
    }
  }

  /** A group has a few sites of a sample; its counters are numbered through all tiles. */
  private void checkGroups(SizedLayer layer, Convolution form) {
    int sites = DeviceSpikingConvolution.GROUP_SITES;
    ConvolutionSizes cut = new ConvolutionSizes(form, sites, 1);
    long groups = cut.blocks() * placement.batch();
    layer.check("groups of sites of a batch", groups, limits.groups().x(), BATCH);
    layer.check("groups of a batch", groups * cut.tiles(), BATCH);
    layer.check("tiles", cut.tiles(), limits.groups().y(), UNITS);
  }

  /** Levels are modulated by groups of one unit and one class; a head learns a class a group. */
  private void checkSignals(SizedLayer layer, Layer dense, long stride) {
    long classes = placement.network().classes();
    layer.check("signals of classes", classes * stride, CLASSES);
    if (placement.learning().rule().signal() instanceof Signal.Broadcast) {
      layer.check("innervated synapses", 2 * classes * dense.units(), CLASSES);
      layer.check("classes", classes, limits.groups().y(), "choose fewer classes");
    }
    if (placement.learning().rule().signal() instanceof Signal.HeadError head && head.learned()) {
      layer.check("numbers of its head", classes * (stride + LaunchShape.TILE), CLASSES);
      layer.check("classes", classes, limits.groups().y(), "choose fewer classes");
    }
  }

  /** Spikes are counted in 32 bits, and a train has a word for 32 steps. */
  private void checkWindow(SizedLayer layer, Layer dense, long stride) {
    long words = (placement.steps() + 31) / 32;
    long inputs = new TileLayout(1, dense.inputs(), LaunchShape.TILE).paddedUnits();
    layer.check("spikes of a sample", (long) dense.inputs() * placement.steps(), STEPS);
    layer.check(
        "words of a batch's spikes", placement.batch() * words * Math.max(inputs, stride), STEPS);
  }

  /** A layer for messages. */
  private record SizedLayer(int number, Layer dense, String device) {

    void check(String what, long numbers, String remedy) {
      check(what, numbers, Integer.MAX_VALUE, remedy);
    }

    void check(String what, long numbers, long most, String remedy) {
      if (numbers > most) {
        throw new InputException(
            "layer "
                + number
                + " of "
                + dense.inputs()
                + " inputs and "
                + dense.units()
                + " units is too large for "
                + device
                + ": its "
                + what
                + " are "
                + numbers
                + ", more than "
                + most
                + "; "
                + remedy);
      }
    }
  }
}
