package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * Which class samples of each class were taken for, by the network at the end of a run. Classes
 * have the numbers, and the names, of the data set's {@code class_names}.
 *
 * @param measuredOn {@code test} or {@code validation}
 * @param classSamples samples of each class
 * @param classAccuracy share of each class's samples that were classified correctly; null for a
 *     class without samples
 * @param counts [class][predicted class], samples; null where there are more than 1000 classes
 */
public record ConfusionResult(
    String measuredOn,
    List<Long> classSamples,
    @JsonSetter(contentNulls = Nulls.SET) List<Double> classAccuracy,
    List<List<Long>> counts) {}
