package org.raphe.backend.device;

/** How many native resources are held, and how much device memory: both must come back to 0. */
public final class ResourceCount {
  private long held;
  private long bytes;
  private long peakBytes;
  private long launches;

  /** One more resource, with {@code size} bytes of device memory. */
  public void opened(long size) {
    held++;
    bytes += size;
    peakBytes = Math.max(peakBytes, bytes);
  }

  /** One resource less. */
  public void closed(long size) {
    held--;
    bytes -= size;
  }

  /** A kernel was launched. */
  public void launched() {
    launches++;
  }

  /** Native resources held now. */
  public long held() {
    return held;
  }

  /** Device memory held now, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Most device memory held at once, in bytes. */
  public long peakBytes() {
    return peakBytes;
  }

  /** Kernels launched so far. */
  public long launches() {
    return launches;
  }
}
