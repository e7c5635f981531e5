package org.raphe.volatility;

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
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.TensorSpec;

/**
 * A {@link VolatileState} as a safetensors file: the network's tensors under {@code network.}, the
 * rest under their own names, numbers as JSON in its metadata.
 */
public final class VolatileCheckpoint {
  private static final String FORMAT = "raphe-volatile-checkpoint";
  private static final String VERSION = "1";
  private static final String NETWORK = "network.";
  private static final String YOKED = "yoked";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What is no tensor. */
  record Progress(
      int batches, Counters learning, Counters showing, double seconds, List<Long> products) {

    boolean fits(VolatileState begun, int batchesOfStream) {
      int depth = begun.learning().activeInputs().length;
      return batches > 0
          && batches < batchesOfStream
          && fits(learning, depth)
          && fits(showing, depth)
          && seconds >= 0
          && products != null
          && products.size() == begun.products().size()
          && products.stream().allMatch(count -> count != null && count >= 0);
    }

    private static boolean fits(Counters counters, int depth) {
      return counters != null
          && counters.activeInputs() != null
          && counters.activeInputs().length == depth
          && counters.synapseUpdates() != null
          && counters.synapseUpdates().length == depth;
    }
  }

  private VolatileCheckpoint() {}

  /**
   * Writes a checkpoint beside {@code path} and renames it into place.
   *
   * @param fingerprint what a run must agree with to continue from here: plan, stream and data
   * @throws org.raphe.RunException if it cannot be written; an older checkpoint is left as it is
   */
  public static void write(Path path, String fingerprint, VolatileState state) {
    NamedTensors tensors = tensors(state);
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

  private static NamedTensors tensors(VolatileState state) {
    return state.network().tensors().prefixed(NETWORK).and(state.tensors());
  }

  private static String text(VolatileState state) {
    Progress progress =
        new Progress(
            state.batches(), state.learning(), state.showing(), state.seconds(), state.products());
    try {
      return JSON.writeValueAsString(progress);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress is made of numbers and lists", e);
    }
  }

  /**
   * When noradrenaline fired in another stream, as the run began with it.
   *
   * @param batches batches of the stream
   * @throws InputException if the file holds none of that many
   */
  public static boolean[] yoked(Path path, int batches) {
    SafeTensors file = SafeTensors.read(path);
    boolean there =
        file.tensors().containsKey(YOKED)
            && file.tensors().get(YOKED).shape().equals(List.of(batches));
    require(path, there, "it holds no times of noradrenaline of another stream");
    return VolatileRun.yoked(new NamedTensors(file.tensors()));
  }

  /**
   * Reads a checkpoint.
   *
   * @param begun the run's state before any sample, whose names and shapes it must have
   * @param batches batches of the stream
   * @throws InputException if it is damaged, of another format or version, or of a run with other
   *     settings or other data
   */
  public static VolatileState read(
      Path path, VolatileState begun, int batches, String fingerprint) {
    SafeTensors file = SafeTensors.read(path);
    Map<String, String> texts = file.metadata();
    require(
        path, FORMAT.equals(texts.get("format")), "it is not a checkpoint of a volatile stream");
    require(path, VERSION.equals(texts.get("version")), "it is of another version of Raphe");
    require(
        path,
        fingerprint.equals(texts.get("fingerprint")),
        "its run had other settings or other data; resume with the options it was started with");
    Progress progress = progress(path, texts.getOrDefault("progress", "null"));
    require(
        path,
        progress != null && progress.fits(begun, batches),
        "its progress does not fit the run");
    List<TensorSpec> specs = tensors(begun).specs();
    NamedTensors tensors = NamedTensors.take(path.toString(), file, specs);
    require(
        path,
        sha256(texts.get("progress"), tensors).equals(texts.get("sha256")),
        "it is damaged: its content is not what was written");
    return new VolatileState(
        progress.batches(),
        new NetworkState(tensors.under(NETWORK), begun.network().scalars()),
        progress.learning(),
        progress.showing(),
        progress.seconds(),
        progress.products(),
        tensors.without(NETWORK));
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
