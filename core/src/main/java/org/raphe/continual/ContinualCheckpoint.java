package org.raphe.continual;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.ReplacedFile;
import org.raphe.Sha256;
import org.raphe.backend.Consolidation;
import org.raphe.backend.Counters;
import org.raphe.model.ModelFile;
import org.raphe.network.LayerParameters;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.Tensor;

/**
 * A {@link ContinualState} as a safetensors file: parameters and moments as tensors, the rest as
 * JSON in its metadata, which reads back to the same bits.
 */
public final class ContinualCheckpoint {
  private static final String FORMAT = "raphe-continual-checkpoint";
  private static final String VERSION = "1";
  private static final String FIRST = "first_moment.";
  private static final String SECOND = "second_moment.";
  private static final String INVERSE_CORRELATION = "inverse_correlation";
  private static final String AT_START = "experience_start.";
  private static final String FISHER = "fisher.";
  private static final String ANCHORS = "anchors.";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The part of a state that is not tensors. */
  private record Progress(
      List<ExperienceMetrics> finished,
      List<ExperienceMetrics.Pass> passes,
      int passNumber,
      int samplesDone,
      long stepsDone,
      Counters running,
      double seconds,
      Consolidated consolidated) {}

  /** The part of a consolidation that is not tensors. */
  private record Consolidated(long samples, double seconds) {}

  private ContinualCheckpoint() {}

  /**
   * Writes a checkpoint beside {@code path} and renames it into place, so that a reader finds the
   * old one or the new one, whole.
   *
   * @param fingerprint what a run must agree with to continue from here: plan, stream and data
   * @throws org.raphe.RunException if it cannot be written; an older checkpoint is left as it is
   */
  public static void write(
      Path path, NetworkSpec network, String fingerprint, ContinualState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ModelFile.put(tensors, "", network, state.parameters());
    ModelFile.put(tensors, FIRST, network, state.firstMoments());
    ModelFile.put(tensors, SECOND, network, state.secondMoments());
    ModelFile.put(tensors, AT_START, network, state.atStart());
    if (state.inverseCorrelation() != null) {
      tensors.put(INVERSE_CORRELATION, square(state.inverseCorrelation()));
    }
    if (state.consolidation() != null) {
      ModelFile.put(tensors, FISHER, network, state.consolidation().fisher());
      ModelFile.put(tensors, ANCHORS, network, state.consolidation().anchors());
    }
    String text = text(state);
    Map<String, String> texts =
        Map.of(
            "format", FORMAT,
            "version", VERSION,
            "fingerprint", fingerprint,
            "progress", text,
            "sha256", sha256(text, state));
    ReplacedFile.write(path, new SafeTensors(texts, tensors)::write);
  }

  private static Tensor square(float[] values) {
    int side = (int) Math.round(Math.sqrt(values.length));
    return new Tensor(List.of(side, side), values);
  }

  private static String text(ContinualState state) {
    try {
      return JSON.writeValueAsString(
          new Progress(
              state.finished(),
              state.passes(),
              state.passNumber(),
              state.samplesDone(),
              state.stepsDone(),
              state.running(),
              state.seconds(),
              consolidated(state.consolidation())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress is made of numbers and lists", e);
    }
  }

  private static Consolidated consolidated(Consolidation kept) {
    return kept == null ? null : new Consolidated(kept.samples(), kept.seconds());
  }

  /**
   * Reads a checkpoint.
   *
   * @throws InputException if it is damaged, of another format or version, or of a run with another
   *     plan, another stream or other data
   */
  public static ContinualState read(
      Path path, ContinualPlan plan, ExperienceStream stream, String fingerprint) {
    SafeTensors file = SafeTensors.read(path);
    requireText(path, file, "format", FORMAT, "it is not a checkpoint of a class-continual run");
    requireText(path, file, "version", VERSION, "it is of another version of Raphe");
    requireText(
        path,
        file,
        "fingerprint",
        fingerprint,
        "its run had other settings or other data; resume with the options it was started with");
    Progress progress = progress(path, file, plan, stream);
    ContinualState state = state(path, file, plan, progress);
    requireText(
        path,
        file,
        "sha256",
        sha256(file.metadata().get("progress"), state),
        "it is damaged: its content is not what was written");
    return state;
  }

  private static ContinualState state(
      Path path, SafeTensors file, ContinualPlan plan, Progress progress) {
    String name = path.toString();
    NetworkSpec network = plan.network();
    return new ContinualState(
        progress.finished(),
        progress.passes(),
        progress.passNumber(),
        progress.samplesDone(),
        progress.stepsDone(),
        progress.running(),
        progress.seconds(),
        ModelFile.take(name, file, "", network),
        ModelFile.take(name, file, FIRST, network),
        ModelFile.take(name, file, SECOND, network),
        inverseCorrelation(name, file, plan),
        ModelFile.take(name, file, AT_START, network),
        consolidation(name, file, network, progress.consolidated()));
  }

  private static Consolidation consolidation(
      String name, SafeTensors file, NetworkSpec network, Consolidated kept) {
    return kept == null
        ? null
        : new Consolidation(
            ModelFile.take(name, file, FISHER, network),
            ModelFile.take(name, file, ANCHORS, network),
            kept.samples(),
            kept.seconds());
  }

  /** P, where the run's read-out keeps one. */
  private static float[] inverseCorrelation(String name, SafeTensors file, ContinualPlan plan) {
    float[] initial = plan.placement().initialInverseCorrelation();
    return initial == null
        ? null
        : ModelFile.values(name, file, INVERSE_CORRELATION, square(initial).shape());
  }

  /** SHA-256, in hexadecimal, of progress, parameters, moments and P. */
  private static String sha256(String progress, ContinualState state) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(progress.getBytes(StandardCharsets.UTF_8));
    List<Parameters> parts =
        new ArrayList<>(
            List.of(
                state.parameters(), state.firstMoments(), state.secondMoments(), state.atStart()));
    if (state.consolidation() != null) {
      parts.add(state.consolidation().fisher());
      parts.add(state.consolidation().anchors());
    }
    for (Parameters part : parts) {
      digest.update(part.sha256().getBytes(StandardCharsets.US_ASCII));
    }
    if (state.inverseCorrelation() != null) {
      Parameters inverse =
          new Parameters(List.of(new LayerParameters(state.inverseCorrelation(), null)));
      digest.update(inverse.sha256().getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void requireText(
      Path path, SafeTensors file, String key, String expected, String otherwise) {
    if (!expected.equals(file.metadata().get(key))) {
      throw new InputException("cannot resume from " + path + ": " + otherwise);
    }
  }

  private static Progress progress(
      Path path, SafeTensors file, ContinualPlan plan, ExperienceStream stream) {
    Progress progress;
    try {
      progress = JSON.readValue(file.metadata().getOrDefault("progress", "null"), Progress.class);
    } catch (JsonProcessingException e) {
      throw new InputException("cannot resume from " + path + ": its progress cannot be read", e);
    }
    if (!isSound(progress, plan, stream)) {
      throw new InputException(
          "cannot resume from " + path + ": its progress does not fit the run");
    }
    return progress;
  }

  private static boolean isSound(Progress progress, ContinualPlan plan, ExperienceStream stream) {
    if (progress == null
        || progress.finished() == null
        || progress.passes() == null
        || progress.finished().isEmpty()
        || progress.finished().size() > stream.learned().size() + 1
        || progress.passes().size() > plan.epochs()
        || progress.samplesDone() < 0
        || progress.samplesDone() % plan.batch() != 0
        || (progress.consolidated() != null && progress.consolidated().samples() < 1)) {
      return false;
    }
    int at = progress.finished().size() - 1;
    int size = at < stream.learned().size() ? stream.learned().get(at).train().length : 1;
    int depth = plan.network().layers().size();
    return progress.samplesDone() < size
        && fits(progress.running(), depth)
        && fit(progress.passes(), depth)
        && rowsFit(progress, depth, stream.tested().size());
  }

  private static boolean rowsFit(Progress progress, int depth, int columns) {
    long passes = 1 + progress.passes().size();
    for (ExperienceMetrics metrics : progress.finished()) {
      if (metrics.hits() == null
          || metrics.hits().length != columns
          || !fits(metrics.test(), depth)
          || !fit(metrics.passes(), depth)) {
        return false;
      }
      passes += metrics.passes().size();
    }
    return progress.passNumber() == passes;
  }

  private static boolean fit(List<ExperienceMetrics.Pass> passes, int depth) {
    return passes.stream().allMatch(pass -> pass != null && fits(pass.train(), depth));
  }

  private static boolean fits(Counters counters, int depth) {
    return counters != null
        && counters.activeInputs() != null
        && counters.activeInputs().length == depth
        && counters.synapseUpdates() != null
        && counters.synapseUpdates().length == depth;
  }
}
