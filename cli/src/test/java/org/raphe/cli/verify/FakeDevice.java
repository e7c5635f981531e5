package org.raphe.cli.verify;

import java.util.List;
import java.util.Map;
import org.raphe.agent.LearnerDevice;
import org.raphe.backend.Availability;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.device.DeviceBackend;
import org.raphe.backend.device.LaunchTime;
import org.raphe.backend.device.LaunchTimer;
import org.raphe.backend.device.ResourceCount;

/** The CPU backend as a device that may keep memory, lose free memory or not be timed. */
final class FakeDevice implements DeviceBackend {
  private final CpuBackend cpu = new CpuBackend(1);
  private final ResourceCount resources = new ResourceCount();
  private final long kept;
  private final long lost;
  private final List<LaunchTime> times;
  private long free = 1 << 30;

  /**
   * @param launches kernels that opening it launched
   * @param kept bytes that each look at what is held finds more
   * @param lost bytes that each look at free memory finds less
   * @param times what each batch is said to take
   */
  FakeDevice(int launches, long kept, long lost, List<LaunchTime> times) {
    this.kept = kept;
    this.lost = lost;
    this.times = times;
    for (int launch = 0; launch < launches; launch++) {
      resources.launched();
    }
  }

  @Override
  public LearnerDevice learners() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ResourceCount resources() {
    resources.opened(kept);
    resources.closed(0);
    return resources;
  }

  @Override
  public Long freeBytes() {
    free -= lost;
    return free;
  }

  @Override
  public LaunchTimer timeLaunches() {
    return new LaunchTimer() {
      @Override
      public void beginBatch() {}

      @Override
      public List<LaunchTime> endBatch() {
        return times;
      }
    };
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Availability availability() {
    return Availability.YES;
  }

  @Override
  public String device() {
    return "a fake device";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of();
  }

  @Override
  public long memoryBytes() {
    return free;
  }

  @Override
  public PlacedNetwork place(Placement placement) {
    return cpu.place(placement);
  }

  @Override
  public void close() {
    cpu.close();
  }
}
