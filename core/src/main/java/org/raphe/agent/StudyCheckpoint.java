package org.raphe.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.ReplacedFile;
import org.raphe.Sha256;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;

/** A {@link StudyState} as a safetensors file; what is no tensor is JSON in its metadata. */
public final class StudyCheckpoint {
  private static final String FORMAT = "raphe-study-checkpoint";
  private static final String VERSION = "1";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  record Progress(int variant, int trials, List<String> digests, double seconds) {
    boolean fits(StudyPlan plan) {
      return variant >= 0
          && variant < plan.variants().size()
          && trials > 0
          && trials < plan.task().trials()
          && seconds >= 0
          && digests != null
          && digests.size() == variant
          && digests.stream().allMatch(each -> each != null && each.matches("[0-9a-f]{64}"));
    }
  }

  private StudyCheckpoint() {}

  /**
   * Writes a checkpoint beside {@code path} and renames it into place.
   *
   * @param fingerprint what a study must agree with to continue from here
   * @throws org.raphe.RunException if it cannot be written; an older checkpoint is left as it is
   */
  public static void write(Path path, String fingerprint, StudyState state) {
    String progress;
    try {
      progress =
          JSON.writeValueAsString(
              new Progress(state.variant(), state.trials(), state.digests(), state.seconds()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress is made of numbers and texts", e);
    }
    Map<String, String> texts =
        Map.of(
            "format", FORMAT,
            "version", VERSION,
            "fingerprint", fingerprint,
            "progress", progress,
            "sha256", sha256(progress, state.tensors()));
    ReplacedFile.write(path, new SafeTensors(texts, state.tensors().tensors())::write);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws InputException if it is damaged, of another format or version, or of another study
   */
  public static StudyState read(Path path, StudyPlan plan, String fingerprint) {
    SafeTensors file = SafeTensors.read(path);
    Map<String, String> texts = file.metadata();
    require(path, FORMAT.equals(texts.get("format")), "it is not a checkpoint of a study");
    require(path, VERSION.equals(texts.get("version")), "it is of another version of Raphe");
    require(
        path,
        fingerprint.equals(texts.get("fingerprint")),
        "its study had other settings; resume with the options it was started with");
    Progress progress = progress(path, texts.getOrDefault("progress", "null"));
    require(path, progress != null && progress.fits(plan), "its progress does not fit the study");
    NamedTensors tensors =
        NamedTensors.take(
            path.toString(),
            file,
            StudyRun.shapes(plan, progress.variant(), progress.trials()).specs());
    require(
        path,
        sha256(texts.get("progress"), tensors).equals(texts.get("sha256")),
        "it is damaged: its content is not what was written");
    return new StudyState(
        progress.variant(), progress.trials(), progress.digests(), progress.seconds(), tensors);
  }

  private static Progress progress(Path path, String text) {
    try {
      return JSON.readValue(text, Progress.class);
    } catch (JsonProcessingException e) {
      throw new InputException("cannot resume from " + path + ": its progress cannot be read", e);
    }
  }

  private static void require(Path path, boolean holds, String otherwise) {
    if (!holds) {
      throw new InputException("cannot resume from " + path + ": " + otherwise);
    }
  }

  private static String sha256(String progress, NamedTensors tensors) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(progress.getBytes(StandardCharsets.UTF_8));
    digest.update(tensors.sha256().getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest());
  }
}
