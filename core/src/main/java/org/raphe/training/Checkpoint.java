package org.raphe.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.ReplacedFile;
import org.raphe.Sha256;
import org.raphe.backend.Counters;
import org.raphe.data.Samples;
import org.raphe.model.ModelFile;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.Tensor;

/**
 * A {@link TrainingState} as a safetensors file: parameters and moments as tensors, the rest as
 * JSON in its metadata. Values of type double and long are written so that they read back to the
 * same bits.
 */
public final class Checkpoint {
  private static final String FORMAT = "raphe-checkpoint";
  private static final String VERSION = "1";
  private static final String FIRST = "first_moment.";
  private static final String SECOND = "second_moment.";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The part of a state that is not tensors. */
  private record Progress(
      int epoch,
      int samplesDone,
      long stepsDone,
      Counters running,
      double seconds,
      List<EpochMetrics> finished) {}

  private Checkpoint() {}

  /**
   * Writes a checkpoint beside {@code path} and renames it into place, so that a reader finds the
   * old one or the new one, whole.
   *
   * @param fingerprint what a run must agree with to continue from here: plan and data
   * @throws org.raphe.RunException if it cannot be written; an older checkpoint is left as it is
   */
  public static void write(
      Path path, NetworkSpec network, String fingerprint, TrainingState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ModelFile.put(tensors, "", network, state.parameters());
    ModelFile.put(tensors, FIRST, network, state.firstMoments());
    ModelFile.put(tensors, SECOND, network, state.secondMoments());
    Progress progress =
        new Progress(
            state.epoch(),
            state.samplesDone(),
            state.stepsDone(),
            state.running(),
            state.seconds(),
            state.finished());
    SafeTensors file;
    try {
      String text = JSON.writeValueAsString(progress);
      file =
          new SafeTensors(
              Map.of(
                  "format", FORMAT,
                  "version", VERSION,
                  "fingerprint", fingerprint,
                  "progress", text,
                  "sha256", sha256(text, state)),
              tensors);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress is made of numbers and lists", e);
    }
    ReplacedFile.write(path, file::write);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws InputException if it is damaged, of another format, or of a run with another plan or
   *     other data
   */
  public static TrainingState read(
      Path path, TrainingPlan plan, Samples train, String fingerprint) {
    SafeTensors file = SafeTensors.read(path);
    requireText(path, file, "format", FORMAT, "it is not a checkpoint of Raphe");
    requireText(path, file, "version", VERSION, "it is of another version of Raphe");
    requireText(
        path,
        file,
        "fingerprint",
        fingerprint,
        "its run had other settings or other data; resume with the options it was started with");
    Progress progress = progress(path, file, plan, train);
    NetworkSpec network = plan.network();
    TrainingState state =
        new TrainingState(
            progress.epoch(),
            progress.samplesDone(),
            progress.stepsDone(),
            progress.running(),
            progress.seconds(),
            progress.finished(),
            ModelFile.take(path.toString(), file, "", network),
            ModelFile.take(path.toString(), file, FIRST, network),
            ModelFile.take(path.toString(), file, SECOND, network));
    requireText(
        path,
        file,
        "sha256",
        sha256(file.metadata().get("progress"), state),
        "it is damaged: its content is not what was written");
    return state;
  }

  /** SHA-256, in hexadecimal, of progress, parameters and moments. */
  private static String sha256(String progress, TrainingState state) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(progress.getBytes(StandardCharsets.UTF_8));
    for (Parameters part :
        List.of(state.parameters(), state.firstMoments(), state.secondMoments())) {
      digest.update(part.sha256().getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void requireText(
      Path path, SafeTensors file, String key, String expected, String otherwise) {
    if (!expected.equals(file.metadata().get(key))) {
      throw new InputException("cannot resume from " + path + ": " + otherwise);
    }
  }

  private static Progress progress(Path path, SafeTensors file, TrainingPlan plan, Samples train) {
    Progress progress;
    try {
      progress = JSON.readValue(file.metadata().getOrDefault("progress", "null"), Progress.class);
    } catch (JsonProcessingException e) {
      throw new InputException("cannot resume from " + path + ": its progress cannot be read", e);
    }
    if (!isSound(progress, plan, train)) {
      throw new InputException(
          "cannot resume from " + path + ": its progress does not fit the run");
    }
    return progress;
  }

  private static boolean isSound(Progress progress, TrainingPlan plan, Samples train) {
    if (progress == null
        || progress.finished() == null
        || progress.epoch() < 1
        || progress.epoch() != progress.finished().size() + 1
        || progress.epoch() > plan.epochs() + 1
        || progress.samplesDone() < 0
        || progress.samplesDone() >= train.size()
        || (progress.samplesDone() % plan.batch() != 0)) {
      return false;
    }
    long before = (progress.epoch() - 1) * plan.batchesPerEpoch(train.size());
    int depth = plan.network().layers().size();
    return progress.stepsDone() == before + progress.samplesDone() / plan.batch()
        && fits(progress.running(), depth)
        && progress.finished().stream()
            .allMatch(epoch -> fits(epoch.train(), depth) && fits(epoch.test(), depth));
  }

  private static boolean fits(Counters counters, int depth) {
    return counters != null
        && counters.activeInputs() != null
        && counters.activeInputs().length == depth
        && counters.synapseUpdates() != null
        && counters.synapseUpdates().length == depth;
  }
}
