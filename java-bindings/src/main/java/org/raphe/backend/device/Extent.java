package org.raphe.backend.device;

/** Numbers along the three axes of a launch, such as work-groups. */
public record Extent(long x, long y, long z) {

  /** Whether no axis is empty, and none is longer than that of {@code most}. */
  boolean isWithin(Extent most) {
    return x >= 1 && y >= 1 && z >= 1 && x <= most.x && y <= most.y && z <= most.z;
  }

  /** All of them: the product of the axes. */
  long count() {
    return x * y * z;
  }

  @Override
  public String toString() {
    return x + " x " + y + " x " + z;
  }
}
