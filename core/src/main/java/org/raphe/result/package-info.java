/**
 * {@code result.json}: all that a run reports, as records. A component is a key in snake case, and
 * keys stand in the order of the components; {@code @JsonUnwrapped} parts stand among the keys of
 * the record that holds them, and no key is ever named as such a part. What was not measured is
 * null, never 0. Keys are added, not renamed or removed; keys that are not known are passed over
 * when read.
 */
package org.raphe.result;
