package org.raphe.result;

/**
 * How a stream of experiences was learned and tested.
 *
 * @param protocol how test samples were batched: {@code strict} or {@code published}
 * @param protocolNote what that means for the figures; null where there is nothing to say
 * @param baseline {@code naive}, {@code joint}, {@code frozen}, or the name of an analytic baseline
 * @param stream the experiences
 */
public record StreamTask(
    String protocol, String protocolNote, String baseline, ExperienceList stream) {}
