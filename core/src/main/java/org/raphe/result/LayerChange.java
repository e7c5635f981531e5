package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * How far an experience moved the synapses of one layer.
 *
 * @param layer its number, from 1; null, and no key, where it is its place in the list
 * @param edges its own edges of bins; null, and no key, where it has those of all layers
 * @param synapses how many there are
 * @param unchanged how many have the bits of before
 * @param meanAbsoluteBefore mean of |w| before
 * @param meanAbsoluteAfter mean of |w| after, which changes are relative to where the mean before
 *     is 0; null, and no key, elsewhere
 * @param shareBelow1Percent share of synapses that moved by less than 1 % of that mean; null where
 *     all weights are 0 before and after, and in older files where they are 0 before
 * @param counts synapses in each bin; null likewise
 * @param log10Counts their logarithms to base 10; null for a count of 0, and likewise
 */
public record LayerChange(
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer layer,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Double> edges,
    Long synapses,
    Long unchanged,
    Double meanAbsoluteBefore,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double meanAbsoluteAfter,
    @JsonProperty("share_below_1_percent") @JsonAlias("below_one_percent")
        Double shareBelow1Percent,
    List<Long> counts,
    @JsonProperty("log10_counts") @JsonSetter(contentNulls = Nulls.SET) List<Double> log10Counts) {}
