package org.raphe.backend.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.raphe.InputException;
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
import org.raphe.energy.EnergyMeter;
import org.raphe.kernels.opencl.OpenClSources;

/** An OpenCL device. Bits are those of the CPU backend. */
public final class OpenClBackend implements DeviceBackend {
  private final OpenClDevice device;
  private final OpenClContext context;

  /**
   * Opens a device.
   *
   * @param number its place in {@link #devices()}
   * @throws InputException if there is no such device, or the contract cannot be kept on it
   * @throws org.raphe.RunException if opening it fails
   */
  public OpenClBackend(int number) {
    this(number, null, FaultPlan.ofProperty(), UnaryOperator.identity());
  }

  /**
   * Opens a device in another shape.
   *
   * @param limits what to take for the device's limits; null for what it says itself
   * @param faults native calls to fail on purpose
   * @param sources what is done to a kernel's source before it is compiled
   */
  OpenClBackend(int number, DeviceLimits limits, FaultPlan faults, UnaryOperator<String> sources) {
    device = device(number);
    context = new OpenClContext(device, limits == null ? device.limits : limits, faults, sources);
  }

  private static OpenClDevice device(int number) {
    Availability any = anyDevice();
    if (!any.available()) {
      throw new InputException("backend opencl cannot run here: " + any.cause());
    }
    List<OpenClDevice> devices = OpenClPlatforms.devices();
    if (number < 0 || number >= devices.size()) {
      throw new InputException(
          "OpenCL has devices 0 to "
              + (devices.size() - 1)
              + " here, not "
              + number
              + "; raphe devices lists them");
    }
    OpenClDevice chosen = devices.get(number);
    if (chosen.cause != null) {
      throw new InputException(
          "OpenCL device " + number + ", " + chosen.words() + ", cannot be used: " + chosen.cause);
    }
    return chosen;
  }

  /** Whether OpenCL has any device here; looked for once. */
  public static Availability anyDevice() {
    return OpenClPlatforms.availability();
  }

  /**
   * A device as users see it.
   *
   * @param number what {@code --device} takes
   * @param words name and platform
   * @param gpu whether it is a GPU
   * @param limits what it allows
   * @param availability whether it can be used, and why not
   */
  public record Listed(
      int number, String words, boolean gpu, DeviceLimits limits, Availability availability) {}

  /** All devices, in order of their numbers. */
  public static List<Listed> devices() {
    List<Listed> listed = new ArrayList<>();
    for (OpenClDevice found : OpenClPlatforms.devices()) {
      Availability usable = found.cause == null ? Availability.YES : Availability.no(found.cause);
      listed.add(new Listed(listed.size(), found.words(), found.gpu, found.limits, usable));
    }
    return listed;
  }

  @Override
  public String name() {
    return "opencl";
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
    versions.put("platform", device.platformName);
    versions.put("device", device.version);
    versions.put("driver", device.driver);
    versions.put("kernels", "OpenCL C, sha256 " + OpenClSources.sha256());
    LaunchShape shape = context.shape();
    versions.put("shape", shape.lanes() + " lanes, groups of " + shape.group());
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
    return OpenClEnergy.start(device);
  }

  @Override
  public ResourceCount resources() {
    return context.resources();
  }

  /** OpenCL has no way to ask. */
  @Override
  public Long freeBytes() {
    return null;
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
