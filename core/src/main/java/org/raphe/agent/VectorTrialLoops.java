package org.raphe.agent;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same operations in the same order as {@link PlainTrialLoops}, many units at a time. Rows of
 * weights end at a multiple of 16 units, whose padding has no weights and never spikes.
 */
final class VectorTrialLoops implements TrialLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();
  private static final IntVector INDEX = IntVector.zero(INTS).addIndex(1);

  /** 1, 2, 4, ... */
  private static final IntVector POWERS =
      IntVector.broadcast(INTS, 1).lanewise(VectorOperators.LSHL, INDEX);

  /** Called by name, only where the Vector API's module is present. */
  VectorTrialLoops() {
    if (LANES < 2 || LANES > LearnerConstants.ROW) {
      throw new UnsupportedOperationException(
          "loops are written for 2 to 16 floats a vector, and this machine prefers " + LANES);
    }
  }

  @Override
  public String description() {
    return "Vector API, " + LANES + " floats a vector";
  }

  @Override
  public void window(LearnerConstants constants, float[] weights, int at, TrialScratch scratch) {
    for (int step = 0; step < constants.steps; step++) {
      traces(constants, scratch, step);
      TraceAndBurst.bursts(constants, scratch, step);
      long spikes = 0;
      for (int unit = 0; unit < constants.stride; unit += LANES) {
        spikes |= fire(constants, weights, at, scratch, scratch.inputs[step], unit);
      }
      credit(scratch, spikes);
      TraceAndBurst.inhibit(constants, scratch, spikes);
    }
  }

  private static void traces(LearnerConstants constants, TrialScratch scratch, int step) {
    int inputs = scratch.inputs[step];
    for (int input = 0; input < LearnerConstants.INPUTS; input += LANES) {
      FloatVector x =
          (FloatVector)
              IntVector.broadcast(INTS, inputs >>> input)
                  .lanewise(VectorOperators.LSHR, INDEX)
                  .and(1)
                  .convert(VectorOperators.I2F, 0);
      FloatVector trace =
          FloatVector.fromArray(SPECIES, scratch.trace, input)
              .fma(FloatVector.broadcast(SPECIES, constants.traceDecay), x);
      trace.intoArray(scratch.trace, input);
      trace.mul(constants.eligibility[step]).intoArray(scratch.share, input);
    }
  }

  private static long fire(
      LearnerConstants constants,
      float[] weights,
      int at,
      TrialScratch scratch,
      int inputs,
      int unit) {
    FloatVector current = FloatVector.zero(SPECIES);
    for (int left = inputs; left != 0; left &= left - 1) {
      int row = at + Integer.numberOfTrailingZeros(left) * constants.stride;
      current = current.add(FloatVector.fromArray(SPECIES, weights, row + unit));
    }
    FloatVector driven =
        FloatVector.fromArray(SPECIES, scratch.inhibition, unit)
            .fma(FloatVector.fromArray(SPECIES, scratch.inhibited, unit), current)
            .mul(FloatVector.fromArray(SPECIES, scratch.gain, unit))
            .add(FloatVector.fromArray(SPECIES, scratch.burst, unit));
    FloatVector membrane =
        FloatVector.fromArray(SPECIES, scratch.membrane, unit)
            .fma(FloatVector.broadcast(SPECIES, constants.settings.agent().decay()), driven);
    float threshold = constants.settings.agent().threshold();
    VectorMask<Float> spikes = membrane.compare(VectorOperators.GT, threshold);
    membrane.blend(0f, spikes).intoArray(scratch.membrane, unit);
    // A mask as a long is slow in Java 17. Above a positive threshold floats compare as their bits.
    IntVector bits = membrane.reinterpretAsInts();
    int fired =
        IntVector.zero(INTS)
            .blend(POWERS, bits.compare(VectorOperators.GT, Float.floatToRawIntBits(threshold)))
            .reduceLanes(VectorOperators.OR);
    return (fired & 0xFFFFFFFFL) << unit;
  }

  private static void credit(TrialScratch scratch, long spikes) {
    for (long left = spikes; left != 0; left &= left - 1) {
      int unit = Long.numberOfTrailingZeros(left);
      scratch.counts[unit]++;
      int row = unit * LearnerConstants.INPUTS;
      for (int input = 0; input < LearnerConstants.INPUTS; input += LANES) {
        FloatVector.fromArray(SPECIES, scratch.eligibility, row + input)
            .add(FloatVector.fromArray(SPECIES, scratch.share, input))
            .intoArray(scratch.eligibility, row + input);
      }
    }
  }
}
