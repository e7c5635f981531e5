package org.raphe.baseline;

/** A learner with its two counts of operations, which it adds to as it works. */
abstract class CountedLearner implements BaselineLearner {

  final OperationCount learning = new OperationCount();
  final OperationCount scoring = new OperationCount();

  @Override
  public final OperationCount learning() {
    return learning;
  }

  @Override
  public final OperationCount scoring() {
    return scoring;
  }
}
