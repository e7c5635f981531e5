package org.raphe.backend.device;

/**
 * How long one launch ran.
 *
 * @param kernel the kernel's name
 * @param microseconds by the device's clock, from the launch's first work-group to its last
 */
public record LaunchTime(String kernel, double microseconds) {}
