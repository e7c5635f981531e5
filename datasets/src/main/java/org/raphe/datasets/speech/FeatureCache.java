package org.raphe.datasets.speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.Sha256;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Features that were worked out before, one file for each digest of recordings and settings.
 * Whoever reads sees a whole file or none. A cache that cannot be used is said and does no harm.
 */
final class FeatureCache {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);
  private static final String FEATURES = "features";
  private static final String DIGEST = "digest";
  private static final String SHA256 = "sha256";

  private final Path folder;

  /**
   * A cache in the folder {@code speech} of a cache folder.
   *
   * @param cacheFolder made when needed
   */
  FeatureCache(Path cacheFolder) {
    folder = cacheFolder.resolve("speech");
  }

  private Path file(String digest) {
    return folder.resolve(digest + ".safetensors");
  }

  /**
   * The features of a digest; null if there are none, or if they are damaged, which is said.
   *
   * @param count recordings
   * @param width features of each
   */
  float[] find(String digest, int count, int width) {
    Path file = file(digest);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    String fault;
    try {
      SafeTensors kept = SafeTensors.read(file);
      Tensor features = kept.tensors().get(FEATURES);
      if (features != null
          && features.shape().equals(List.of(count, width))
          && digest.equals(kept.metadata().get(DIGEST))
          && sha256(features.values()).equals(kept.metadata().get(SHA256))) {
        return features.values();
      }
      fault = "it does not hold what it held when it was written";
    } catch (InputException e) {
      fault = e.getMessage();
    }
    LOG.warn("{} cannot be used ({}); working the features out again", file, fault);
    return null;
  }

  /** Keeps features; says so if it cannot. */
  void keep(String digest, int count, int width, float[] features) {
    Path file = file(digest);
    Path part = folder.resolve(digest + "." + UUID.randomUUID() + ".part");
    try {
      Files.createDirectories(folder);
      try {
        new SafeTensors(
                Map.of(DIGEST, digest, SHA256, sha256(features)),
                Map.of(FEATURES, new Tensor(List.of(count, width), features)))
            .write(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.warn(
          "cannot keep speech features in {}: {}; they are worked out again next time",
          file,
          IoFailure.reason(e));
    }
  }

  private static String sha256(float[] features) {
    MessageDigest digest = Sha256.newDigest();
    NamedTensors.addTo(digest, features);
    return HexFormat.of().formatHex(digest.digest());
  }
}
