package org.raphe.baseline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.raphe.Sha256;
import org.raphe.continual.ExperienceMetrics;

/**
 * What a finished stream left behind.
 *
 * @param finished one entry an experience, the initial one first
 * @param told predictions of the last test, by test sample; -1 of samples in no experience
 * @param learningMacs multiply-accumulates of learning; null where a part is not counted
 * @param scoringMacs those of the last test, when all classes are known; null likewise
 * @param uncounted the part that is not counted; null if all is
 * @param keptBytes what is kept from one experience to the next
 * @param sha256 digest of what is kept, in hexadecimal digits
 */
public record BaselineOutcome(
    List<ExperienceMetrics> finished,
    int[] told,
    Long learningMacs,
    Long scoringMacs,
    String uncounted,
    long keptBytes,
    String sha256) {

  static BaselineOutcome of(
      BaselineLearner learner,
      List<ExperienceMetrics> finished,
      int[] told,
      Long scored,
      String uncounted) {
    long numbers = 0;
    MessageDigest digest = Sha256.newDigest();
    for (double[] kept : learner.kept()) {
      numbers += kept.length;
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(kept.length, Double.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(kept);
      digest.update(bytes.array());
    }
    return new BaselineOutcome(
        List.copyOf(finished),
        told,
        learner.learning().macs(),
        scored,
        uncounted == null ? learner.learning().uncounted() : uncounted,
        numbers * Double.BYTES,
        HexFormat.of().formatHex(digest.digest()));
  }
}
