/**
 * Streams whose labels change their meaning unannounced, and what learns them online: read-outs
 * that four neuromodulators open, freeze, compare and consolidate, and the fixed settings and
 * detectors that they are compared with.
 *
 * <p>Kin: Yu and Dayan 2005 (expected and unexpected uncertainty); Doya 2002; drift detection (Page
 * 1954; Gama et al. 2004); banks of recurring concepts (Goncalves and De Barros 2013); mixtures of
 * experts (Jacobs et al. 1991).
 */
package org.raphe.volatility;
