package org.raphe.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.ReplacedFile;
import org.raphe.Sha256;
import org.raphe.backend.NetworkState;
import org.raphe.continual.ExperienceStream;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.TensorSpec;

/**
 * A {@link TrainingState} as a safetensors file: every tensor of the network's state under its own
 * name, the parameters at the start of the experience under {@code experience_start.}, levels of
 * modulators under {@code modulation.}, the rest as JSON in its metadata. Values of type double and
 * long are written so that they read back to the same bits.
 */
public final class Checkpoint {
  private static final String FORMAT = "raphe-checkpoint";
  private static final String VERSION = "2";

  /** What versions before this one call a checkpoint of a stream. */
  private static final String STREAM_FORMAT = "raphe-continual-checkpoint";

  private static final String AT_START = "experience_start.";
  private static final String MODULATION = "modulation.";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Checkpoint() {}

  /**
   * Writes a checkpoint beside {@code path} and renames it into place, so that a reader finds the
   * old one or the new one, whole.
   *
   * @param fingerprint what a run must agree with to continue from here: plan, stream and data
   * @throws org.raphe.RunException if it cannot be written; an older checkpoint is left as it is
   */
  public static void write(
      Path path, NetworkSpec network, String fingerprint, TrainingState state) {
    NamedTensors tensors =
        state
            .network()
            .tensors()
            .and(state.atStart().named(network).prefixed(AT_START))
            .and(state.modulation().prefixed(MODULATION));
    String progress = text(state);
    Map<String, String> texts =
        Map.of(
            "format", FORMAT,
            "version", VERSION,
            "fingerprint", fingerprint,
            "progress", progress,
            "sha256", sha256(progress, tensors));
    ReplacedFile.write(path, new SafeTensors(texts, tensors.tensors())::write);
  }

  private static String text(TrainingState state) {
    try {
      return JSON.writeValueAsString(CheckpointProgress.of(state));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress is made of numbers and lists", e);
    }
  }

  /**
   * What a checkpoint was written with as its run's fingerprint; null where it has none.
   *
   * @throws InputException if it cannot be read
   */
  public static String fingerprint(Path path) {
    return SafeTensors.read(path).metadata().get("fingerprint");
  }

  /**
   * Reads a checkpoint.
   *
   * @param begun the state before any sample, whose names and shapes the checkpoint must have
   * @throws OtherRunException if it is of a run with another plan, another stream or other data
   * @throws InputException if it is damaged, or of another format or version
   */
  public static TrainingState read(
      Path path,
      TrainingPlan plan,
      ExperienceStream stream,
      NetworkState begun,
      String fingerprint) {
    SafeTensors file = SafeTensors.read(path);
    String format = file.metadata().get("format");
    boolean ours = FORMAT.equals(format);
    require(path, ours || STREAM_FORMAT.equals(format), "it is not a checkpoint of Raphe");
    require(
        path,
        ours && VERSION.equals(file.metadata().get("version")),
        "it is of another version of Raphe");
    if (!fingerprint.equals(file.metadata().get("fingerprint"))) {
      throw new OtherRunException(
          "cannot resume from "
              + path
              + ": its run had other settings or other data; resume with the options it was started with");
    }
    CheckpointProgress progress = progress(path, file);
    require(
        path,
        progress != null && progress.fits(plan, stream, begun.scalars()),
        "its progress does not fit the run");
    List<TensorSpec> specs = new ArrayList<>(begun.tensors().specs());
    List<TensorSpec> parameters = Parameters.specs(plan.network());
    parameters.forEach(spec -> specs.add(spec.prefixed(AT_START)));
    ModulatedLearning.specs(plan, stream, progress.stepsDone())
        .forEach(spec -> specs.add(spec.prefixed(MODULATION)));
    NamedTensors tensors = NamedTensors.take(path.toString(), file, specs);
    require(
        path,
        sha256(file.metadata().get("progress"), tensors).equals(file.metadata().get("sha256")),
        "it is damaged: its content is not what was written");
    return state(progress, tensors);
  }

  private static TrainingState state(CheckpointProgress progress, NamedTensors tensors) {
    return new TrainingState(
        progress.finished(),
        progress.passes(),
        progress.passNumber(),
        progress.samplesDone(),
        progress.stepsDone(),
        progress.running(),
        progress.seconds(),
        new NetworkState(tensors.without(AT_START).without(MODULATION), progress.scalars()),
        Parameters.of(tensors.under(AT_START)),
        tensors.under(MODULATION));
  }

  /** SHA-256, in hexadecimal, of progress and all tensors. */
  private static String sha256(String progress, NamedTensors tensors) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(progress.getBytes(StandardCharsets.UTF_8));
    digest.update(tensors.sha256().getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void require(Path path, boolean holds, String otherwise) {
    if (!holds) {
      throw new InputException("cannot resume from " + path + ": " + otherwise);
    }
  }

  /** Null where the file holds none. */
  private static CheckpointProgress progress(Path path, SafeTensors file) {
    try {
      String text = file.metadata().getOrDefault("progress", "null");
      return JSON.readValue(text, CheckpointProgress.class);
    } catch (JsonProcessingException e) {
      throw new InputException("cannot resume from " + path + ": its progress cannot be read", e);
    }
  }
}
