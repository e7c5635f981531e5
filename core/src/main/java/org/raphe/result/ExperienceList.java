package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The experiences of a stream.
 *
 * @param order classes, in the order in which they were learned
 * @param classesPerExperience classes of an experience
 * @param learned classes of each experience that was learned
 * @param trainSamples training samples of each experience that was learned
 * @param tested classes of each experience that was tested
 * @param testSamples test samples of each experience that was tested; null, and no key, where
 *     validation samples measured it
 * @param validationSamples the same of validation samples; null, and no key, where there were none
 */
public record ExperienceList(
    List<Integer> order,
    Integer classesPerExperience,
    List<List<Integer>> learned,
    List<Integer> trainSamples,
    List<List<Integer>> tested,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> testSamples,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> validationSamples) {}
