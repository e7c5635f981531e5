package org.raphe.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.agent.LearnerDevice;
import org.raphe.backend.Availability;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.backend.device.DeviceBackend;
import org.raphe.backend.device.DeviceLearnerDevice;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.DeviceNetworks;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.LaunchShape;
import org.raphe.backend.device.LaunchTimer;
import org.raphe.backend.device.ResourceCount;
import org.raphe.backend.nvml.NvmlEnergy;
import org.raphe.energy.EnergyMeter;
import org.raphe.kernels.cuda.CudaSources;

/** A CUDA device. Bits are those of the CPU backend. */
public final class CudaBackend implements DeviceBackend {
  private final CudaDevice device;
  private final CudaContext context;

  /**
   * Opens a device.
   *
   * @param number its place in {@link #devices()}
   * @param synchronous whether each launch is waited for, so that a failure names its kernel
   * @throws InputException if there is no such device, or it is too old
   * @throws RunException if opening it fails
   */
  public CudaBackend(int number, boolean synchronous) {
    this(number, synchronous, FaultPlan.ofProperty(), UnaryOperator.identity());
  }

  /**
   * Opens a device.
   *
   * @param faults native calls to fail on purpose
   * @param sources what is done to a kernel's PTX before it is loaded
   */
  CudaBackend(int number, boolean synchronous, FaultPlan faults, UnaryOperator<String> sources) {
    device = device(number);
    LaunchShape shape = LaunchShape.compiled(device.limits);
    context = new CudaContext(device, shape, faults, sources, synchronous);
  }

  private static CudaDevice device(int number) {
    Availability any = anyDevice();
    if (!any.available()) {
      throw new InputException("backend cuda cannot run here: " + any.cause());
    }
    List<CudaDevice> devices = CudaDriver.devices();
    if (number < 0 || number >= devices.size()) {
      throw new InputException(
          "CUDA has devices 0 to "
              + (devices.size() - 1)
              + " here, not "
              + number
              + "; raphe devices lists them");
    }
    CudaDevice chosen = devices.get(number);
    if (chosen.cause != null) {
      throw new InputException(
          "CUDA device " + number + ", " + chosen.words() + ", cannot be used: " + chosen.cause);
    }
    return chosen;
  }

  /** Whether CUDA has any device here; looked for once. */
  public static Availability anyDevice() {
    return CudaDriver.availability();
  }

  /**
   * A device as users see it.
   *
   * @param number what {@code --device} takes
   * @param words name and compute capability
   * @param driver the newest CUDA that the driver knows
   * @param multiprocessors its multiprocessors
   * @param limits what it allows
   * @param availability whether it can be used, and why not
   */
  public record Listed(
      int number,
      String words,
      String driver,
      int multiprocessors,
      DeviceLimits limits,
      Availability availability) {}

  /** All devices, in order of their numbers. */
  public static List<Listed> devices() {
    List<Listed> listed = new ArrayList<>();
    for (CudaDevice found : CudaDriver.devices()) {
      Availability usable = found.cause == null ? Availability.YES : Availability.no(found.cause);
      listed.add(
          new Listed(
              listed.size(),
              found.words(),
              CudaDriver.version(),
              found.multiprocessors,
              found.limits,
              usable));
    }
    return listed;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public Availability availability() {
    return Availability.YES;
  }

  @Override
  public String device() {
    return device.words();
  }

  @Override
  public Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("driver", "CUDA " + CudaDriver.version());
    versions.put("kernels", "PTX, sources sha256 " + CudaSources.sha256());
    return versions;
  }

  @Override
  public long memoryBytes() {
    return device.limits.memory();
  }

  @Override
  public Long peakDeviceBytes() {
    return context.resources().peakBytes();
  }

  @Override
  public EnergyMeter measureEnergy() {
    try {
      return NvmlEnergy.start(device.pciBusId());
    } catch (RunException e) {
      return EnergyMeter.none(e.getMessage());
    }
  }

  @Override
  public ResourceCount resources() {
    return context.resources();
  }

  @Override
  public Long freeBytes() {
    return context.freeBytes();
  }

  @Override
  public LaunchTimer timeLaunches() {
    return context.timeLaunches();
  }

  @Override
  public PlacedNetwork place(Placement placement) {
    return DeviceNetworks.place(context, placement);
  }

  @Override
  public LearnerDevice learners() {
    return DeviceLearnerDevice.on(context, device.limits, device());
  }

  @Override
  public void close() {
    context.close();
  }
}
