package org.raphe.backend.device;

/** How many native resources are held, and how much device memory: both must come back to 0. */
public final class ResourceCount {
  private long held;
  private long bytes;
  private long peakBytes;
  private long reserved;
  private long launches;
  private long launchCalls;
  private long graphLaunches;

  /** One more resource, with {@code size} bytes of device memory. */
  public void opened(long size) {
    held++;
    bytes += size;
    peakBytes = Math.max(peakBytes, bytes + reserved);
  }

  /** One resource less. */
  public void closed(long size) {
    held--;
    bytes -= size;
  }

  /**
   * The driver keeps {@code size} bytes of device memory for itself, such as kernels' stacks: as
   * much as the most that was ever said, until the device is given back.
   */
  public void reserved(long size) {
    reserved = Math.max(reserved, size);
    peakBytes = Math.max(peakBytes, bytes + reserved);
  }

  /** A kernel was launched. */
  public void launched() {
    launches++;
    launchCalls++;
  }

  /** So many kernels were launched by one call, as a graph. */
  public void launchedGraph(int kernels) {
    launches += kernels;
    launchCalls++;
    graphLaunches++;
  }

  /** Native resources held now. */
  public long held() {
    return held;
  }

  /** Device memory held now, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Device memory that the driver keeps for itself, in bytes. */
  public long reservedBytes() {
    return reserved;
  }

  /** Most device memory held at once, in bytes, with what the driver keeps for itself. */
  public long peakBytes() {
    return peakBytes;
  }

  /** Kernels launched so far, also those of graphs. */
  public long launches() {
    return launches;
  }

  /** Native calls that launched so far. */
  public long launchCalls() {
    return launchCalls;
  }

  /** Graphs launched so far, a call each. */
  public long graphLaunches() {
    return graphLaunches;
  }
}
