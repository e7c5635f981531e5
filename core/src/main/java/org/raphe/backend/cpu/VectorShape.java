package org.raphe.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that this machine prefers. */
final class VectorShape {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  static final int LANES = FLOATS.length();

  /** AVX-512 has 32 vector registers, where narrower x86 vectors have 16. */
  static final boolean MANY_REGISTERS = LANES == 16;

  private VectorShape() {}
}
