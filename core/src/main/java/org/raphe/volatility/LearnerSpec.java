package org.raphe.volatility;

/** What learns a stream: a name, and all that decides its bits. */
public sealed interface LearnerSpec {

  /** Its name in results and files: letters, digits and {@code .,-=}; no two learners share one. */
  String name();

  /**
   * Begins it.
   *
   * @param record where levels are noted; null for nowhere
   */
  StreamLearner begin(Setting setting, LevelRecord record);

  /** How gradients change weights. */
  enum Descent {
    SGD,
    MOMENTUM,
    ADAM
  }

  /** What begins the read-out anew. */
  enum Restart {
    NEVER,
    /** A drift detector. */
    DRIFT,
    /** The moments at which labels really change their meaning. */
    SWITCH
  }

  /**
   * What a learner begins in.
   *
   * @param units H
   * @param seed of receptor densities
   * @param yoked when noradrenaline fired in another stream; null if no learner asks for it
   */
  record Setting(VolatileStream stream, int units, long seed, boolean[] yoked) {}

  /** A bank of read-outs under modulators. */
  record Modulated(String name, BankSettings settings, NoradrenalineTimes times)
      implements LearnerSpec {
    @Override
    public StreamLearner begin(Setting setting, LevelRecord record) {
      return new NeuromodulatedBank(
          name,
          settings,
          setting.units(),
          setting.stream().classes(),
          setting.seed(),
          times.schedule(setting.stream(), setting.yoked()),
          record);
    }
  }

  /** One read-out of fixed settings. */
  record Fixed(String name, Descent descent, float rate, float decay, Restart restart)
      implements LearnerSpec {
    @Override
    public StreamLearner begin(Setting setting, LevelRecord record) {
      return new FixedReadout(
          name, descent, rate, decay, restart, setting.units(), setting.stream().classes());
    }
  }

  /**
   * A bank without modulators.
   *
   * @param probe samples of a comparison
   * @param readouts most read-outs at a time
   */
  record Plain(String name, float rate, int probe, int readouts) implements LearnerSpec {
    @Override
    public StreamLearner begin(Setting setting, LevelRecord record) {
      return new PlainBank(
          name, rate, probe, readouts, setting.units(), setting.stream().classes());
    }
  }

  /** A read-out for every meaning, which is told. */
  record Given(String name, BankSettings settings) implements LearnerSpec {
    @Override
    public StreamLearner begin(Setting setting, LevelRecord record) {
      VolatileStream stream = setting.stream();
      return new ContextGiven(name, settings, stream.contexts(), setting.units(), stream.classes());
    }
  }
}
