package org.raphe.nir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.backend.Placement;
import org.raphe.model.Model;

/** Models as NIR files (HDF5), and such files as models; docs/NIR.md has the layout. */
public final class NirFile {
  /** Length of a step in seconds that is written where nothing is asked for. */
  public static final double STEP = 1e-4;

  /** Most bytes of a file, and of all values in it. */
  static final int MOST_BYTES = 1 << 30;

  private static final int STEPS = 20;

  private NirFile() {}

  /**
   * What a file does not say, or is to be taken instead of what it says; null for nothing.
   *
   * @param dt length of a step, in the unit of the file's time constants
   * @param steps T; 20 where neither says it
   * @param inputScale r of the spike code; 1 where neither says it
   * @param seed key of the test spikes; 1 where neither says it
   */
  public record Given(Double dt, Integer steps, Float inputScale, Long seed) {
    /** What the file says. */
    public static final Given NOTHING = new Given(null, null, null, null);
  }

  /**
   * A model that was read.
   *
   * @param scaled nodes whose weights are not the file's: they were scaled, since the units' r or
   *     threshold is not Raphe's
   */
  public record Imported(Model model, List<String> scaled) {}

  /**
   * Writes a trained spiking network.
   *
   * @param dt length of a step in seconds: {@link #STEP}
   * @throws InputException if NIR has no nodes for it, or it is too large
   * @throws org.raphe.RunException if the file cannot be written
   */
  public static void write(Path path, Model model, double dt) {
    NirGraph graph = GraphExport.of(model, dt);
    if (model.network().parameters() > MOST_BYTES / Float.BYTES / 2) {
      throw new InputException(
          "a model of "
              + model.network().parameters()
              + " parameters is too large for a NIR file, which holds at most "
              + (MOST_BYTES >> 20)
              + " MiB");
    }
    GraphWriter.write(path, graph);
  }

  /**
   * Reads a network.
   *
   * @throws InputException if the file is damaged, too large or not a network of Raphe's; one line
   *     says which node is why
   */
  public static Imported read(Path path, Given given) {
    byte[] content;
    try {
      content = BoundedFile.read(path, MOST_BYTES);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
    return read(path.toString(), content, given);
  }

  /** Reads what a file holds; {@code name} is for messages. */
  static Imported read(String name, byte[] content, Given given) {
    try {
      return imported(GraphReader.read(content), given);
    } catch (InputException e) {
      throw new InputException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  private static Imported imported(NirGraph graph, Given given) {
    NirMetadata metadata = new NirMetadata(graph.metadata());
    Number dt = given.dt() == null ? metadata.number(NirMetadata.DT) : given.dt();
    if (dt == null) {
      throw new InputException(
          "it does not say the length dt of a step, without which time constants mean nothing; give it");
    }
    if (!(dt.doubleValue() > 0 && Double.isFinite(dt.doubleValue()))) {
      throw new InputException("a step of " + dt + " s is not usable; it is above 0");
    }
    GraphImport.Network network = GraphImport.of(graph, dt.doubleValue());
    Model model =
        new Model(
            network.spec(),
            steps(given, metadata),
            inputScale(given, metadata),
            0f,
            metadata.features(),
            metadata.classNames(network.spec().classes()),
            metadata.preparation(),
            seed(given, metadata),
            network.parameters(),
            metadata.runId(),
            metadata.provenance());
    return new Imported(model, network.scaled());
  }

  private static int steps(Given given, NirMetadata metadata) {
    Number said = given.steps() == null ? metadata.number(NirMetadata.STEPS) : given.steps();
    long steps = said == null ? STEPS : said.longValue();
    if (steps < 1 || steps > Placement.MAX_STEPS) {
      throw new InputException("steps must be in 1.." + Placement.MAX_STEPS + ", not " + steps);
    }
    return (int) steps;
  }

  private static float inputScale(Given given, NirMetadata metadata) {
    Number said =
        given.inputScale() == null ? metadata.number(NirMetadata.INPUT_SCALE) : given.inputScale();
    float scale = said == null ? 1f : said.floatValue();
    if (!(scale > 0 && Float.isFinite(scale))) {
      throw new InputException("an input scale of " + scale + " is not usable; it is above 0");
    }
    return scale;
  }

  private static long seed(Given given, NirMetadata metadata) {
    Number said = given.seed() == null ? metadata.number(NirMetadata.SEED) : given.seed();
    return said == null ? 1 : said.longValue();
  }
}
