package org.raphe.backend.device;

import java.nio.ByteBuffer;
import org.raphe.agent.LearnerArrays;
import org.raphe.agent.LearnerConstants;
import org.raphe.agent.PlacedLearners;
import org.raphe.random.RandomStream;
import org.raphe.tensor.NamedTensors;

/** Learners on a device: all trials at hand in one launch, a learner a work-group. */
final class DeviceLearners implements PlacedLearners {
  /** Work-items of a group: one for each unit that a learner may have. */
  static final int GROUP = 64;

  private static final int REWARDS = 4;

  private final LearnerConstants constants;
  private final KernelDevice device;
  private final int learners;
  private final LearnerArrays arrays;
  private final OwnedResources owned = new OwnedResources();
  private final DeviceMemory weights;
  private final DeviceMemory state;
  private final DeviceMemory rewards;
  private final Kernel kernel;

  /** Words and outcomes of as many trials as {@link #room}; null before the first launch. */
  private DeviceMemory words;

  private DeviceMemory outcomes;
  private int room;

  /** Places learners before their first trial; the caller closes them. */
  DeviceLearners(KernelDevice device, LearnerConstants constants, int learners, long seed) {
    this.device = device;
    this.constants = constants;
    this.learners = learners;
    arrays = LearnerArrays.begin(constants, learners, seed);
    try {
      weights = floats("weights of learners", arrays.weights().length);
      state = floats("state of learners", arrays.state().length);
      rewards = floats("rewards", REWARDS);
      float[] each = constants.eligibility();
      DeviceMemory eligibility = floats("eligibility of steps", each.length);
      eligibility.write(each);
      KernelSettings settings = KernelSettings.none().with("LANES", 1).with("GROUP", GROUP);
      kernel = own(device.kernel("run_learners", settings, GROUP, 1));
      ByteBuffer struct = Kernel.struct(LearnerConstants.WRITTEN);
      constants.write(struct);
      kernel
          .bind("constants", struct.flip())
          .bind("learners", learners)
          .bind("key_low", (int) seed)
          .bind("key_high", (int) (seed >>> 32))
          .bind("eligibility", eligibility)
          .bind("rewards", rewards)
          .bind("weights", weights)
          .bind("state", state);
      send();
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  private DeviceMemory floats(String holds, long count) {
    return own(device.allocate(holds, Float.BYTES * count));
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  private void send() {
    weights.write(arrays.weights());
    state.write(arrays.state());
  }

  @Override
  public void run(int firstTrial, int trials, int[] given, float[] paid, byte[] received, int at) {
    reserve(trials);
    words.write(given);
    rewards.write(paid);
    int last = firstTrial + trials - 1;
    RandomStream.CHOICE.number(last); // Refuses what a stream has no index for.
    kernel
        .bind("words", words)
        .bind("outcomes", outcomes)
        .bind("trials", trials)
        .bind("spike_stream", RandomStream.STIMULUS_SPIKES.number(firstTrial))
        .bind("choice_stream", RandomStream.CHOICE.number(firstTrial))
        .launch(learners, 1, 1);
    int[] read = new int[trials * learners];
    outcomes.read(read);
    for (int k = 0; k < read.length; k++) {
      received[at + k] = (byte) read[k];
    }
  }

  private void reserve(int trials) {
    if (trials <= room) {
      return;
    }
    long bytes = (long) Integer.BYTES * trials * learners;
    words = own(device.allocate("trials of learners", bytes));
    outcomes = own(device.allocate("outcomes of learners", bytes));
    room = trials;
  }

  @Override
  public NamedTensors readState() {
    weights.read(arrays.weights());
    state.read(arrays.state());
    return arrays.tensors(constants);
  }

  @Override
  public void writeState(NamedTensors tensors) {
    arrays.restore(constants, tensors);
    send();
  }

  @Override
  public void close() {
    owned.close();
  }
}
