package org.raphe.agent;

import java.nio.ByteBuffer;

/**
 * {@link LearnerSettings} as the numbers that loops and kernels compute with: rates of running
 * means and decays of traces, by the host in double and rounded once (docs/NUMERICS.md, section
 * 20).
 */
public final class LearnerConstants {
  /** Input units that a learner's arrays have room for. */
  public static final int INPUTS = 32;

  /** Numbers that {@link #write} writes. */
  public static final int WRITTEN = 39;

  /** Units stand in rows of a multiple of this. */
  static final int ROW = 16;

  final LearnerSettings settings;
  final int stimuli;
  final int inputs;
  final int units;
  final int stride;
  final int excitatory;
  final int inhibitory;
  final int groupUnits;
  final int steps;
  final float traceDecay;

  /** [step] what the presynaptic trace of this step adds to the eligibility at the trial's end. */
  final float[] eligibility;

  final float dopamineRate;
  final float fastRate;
  final float slowRate;
  final float acetylcholineRate;
  final float serotoninRate;
  final float dopamineFactor;

  /** For a task of so many stimuli. */
  public LearnerConstants(LearnerSettings settings, int stimuli) {
    AgentSettings agent = settings.agent();
    this.settings = settings;
    this.stimuli = stimuli;
    inputs = stimuli * agent.stimulusUnits();
    units = agent.units();
    stride = (units + ROW - 1) / ROW * ROW;
    excitatory = agent.excitatory();
    inhibitory = agent.inhibitory();
    groupUnits = agent.groupUnits();
    steps = agent.steps();
    traceDecay = (float) StrictMath.exp(-1 / (double) agent.traceSteps());
    eligibility = new float[steps];
    double lasting = agent.eligibilitySteps();
    for (int step = 0; step < steps; step++) {
      eligibility[step] = (float) (StrictMath.exp(-(steps - 1 - step) / lasting) / lasting);
    }
    ReleaseSettings release = settings.release();
    dopamineRate = 1f / release.dopamineTrials();
    fastRate = 1f / release.fastTrials();
    slowRate = 1f / release.slowTrials();
    acetylcholineRate = 1f / settings.others().acetylcholineTrials();
    serotoninRate = 1f / settings.others().serotoninTrials();
    dopamineFactor = 1f / release.dopamineBound();
  }

  /** Weights of a learner, {@code [input][stride]}. */
  public int weightsOfLearner() {
    return inputs * stride;
  }

  /** Units in the order No-Go E, No-Go I, Go E, Go I, critic E, critic I. */
  public int units() {
    return units;
  }

  /** Numbers from one input's weights to the next's. */
  public int stride() {
    return stride;
  }

  /** Input units. */
  public int inputs() {
    return inputs;
  }

  /** The settings that these follow from. */
  public LearnerSettings settings() {
    return settings;
  }

  boolean excites(int unit) {
    return unit % groupUnits < excitatory;
  }

  /** What each step's presynaptic trace adds to the eligibility at the trial's end, a copy. */
  public float[] eligibility() {
    return eligibility.clone();
  }

  /** Writes the struct {@code learner_constants} of kernels, 4 bytes a field. */
  public void write(ByteBuffer struct) {
    AgentSettings agent = settings.agent();
    NoradrenalineLevers levers = settings.levers();
    ReleaseSettings release = settings.release();
    OtherModulators others = settings.others();
    int[] whole = {
      stimuli,
      agent.stimulusUnits(),
      stride,
      excitatory,
      inhibitory,
      steps,
      ActorCritic.threshold(agent.inputRate()),
      levers.burstSteps(),
      release.rule().ordinal(),
      others.acetylcholine() ? 1 : 0,
      others.serotonin() ? 1 : 0
    };
    for (int number : whole) {
      struct.putInt(number);
    }
    put(struct, agent.decay(), agent.threshold(), agent.inhibition(), agent.largestWeight());
    put(struct, traceDecay, agent.actorRate(), agent.criticRate(), agent.slope());
    put(struct, agent.valueOffset(), agent.valueGain(), agent.temperature());
    put(struct, levers.gain(), levers.burst(), levers.temperature(), levers.plasticity());
    put(struct, levers.burstCurrent(), levers.criticBurst());
    put(struct, release.high(), release.low(), release.decay(), release.refractoryTrials());
    put(struct, fastRate, slowRate, dopamineRate, dopamineFactor);
    put(struct, acetylcholineRate, serotoninRate, others.noGoBias());
  }

  private static void put(ByteBuffer struct, float... numbers) {
    for (float number : numbers) {
      struct.putFloat(number);
    }
  }
}
