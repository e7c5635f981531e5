package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;

/**
 * What ran the kernels.
 *
 * @param name {@code cpu}, {@code opencl}, {@code cuda} or that of an engine
 * @param device the device's own name
 * @param versions of drivers and libraries, by name
 * @param peakDeviceBytes most device memory held at a time; null where that is not counted
 */
public record BackendUsed(
    String name,
    String device,
    @JsonSetter(contentNulls = Nulls.SET) Map<String, String> versions,
    Long peakDeviceBytes) {}
