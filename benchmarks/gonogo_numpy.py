"""The learners of `raphe gonogo` in plain numpy, to compare the speed with. Run by hand:

    python3 benchmarks/gonogo_numpy.py [LEARNERS] [TRIALS]

The model is that of docs/NUMERICS.md, section 21 (dopamine and noradrenaline, reversal), with numpy's random
numbers instead of Philox: figures agree in distribution, not in bits. It is timed twice, one learner after
another and all learners in one array, on one core (numpy's products here are too small for threads).
"""

import sys
import time

import numpy as np

STEPS, UNITS_A_STIMULUS, EXCITATORY, INHIBITORY = 60, 8, 8, 8
GROUP = EXCITATORY + INHIBITORY
INPUTS, UNITS = 4 * UNITS_A_STIMULUS, 3 * GROUP
RATE, DECAY, THRESHOLD, INHIBITION, LARGEST = 0.3, 0.8, 1.0, 0.05, 0.4
TRACE = np.exp(-1 / 10).astype(np.float32)
ELIGIBILITY = (np.exp(-(STEPS - 1 - np.arange(STEPS)) / 40) / 40).astype(np.float32)
EXCITES = np.arange(UNITS) % GROUP < EXCITATORY
SIGN = np.where(EXCITES, 1, -1).astype(np.float32)


def learners(count, trials, rng):
    """All learners as arrays whose first axis they are; gives actions and correctness [trial][learner]."""
    weights = (rng.random((count, INPUTS, UNITS)) * 0.12).astype(np.float32)
    weights[:, :, GROUP : GROUP + EXCITATORY] *= 1.5
    level, active, fast, slow, wait = (np.zeros(count, np.float32) for _ in range(5))
    correct = np.zeros((trials, count), bool)
    for trial in range(trials):
        if trial % 4 == 0:
            order = np.argsort(rng.random((count, 4)), axis=1)
        pair = order[:, trial % 4]
        visual, auditory = pair % 2, pair // 2
        go = visual == (0 if trial < trials // 2 else 1)
        shown = np.zeros((count, 4), bool)
        shown[np.arange(count), visual] = True
        shown[np.arange(count), 2 + auditory] = True
        rates = np.repeat(shown, UNITS_A_STIMULUS, axis=1) * RATE
        gain = np.where(EXCITES, 1 + 0.3 * level[:, None], 1).astype(np.float32)
        bursts = rng.random((count, 2)) < 0.5 * level[:, None]
        onsets = rng.integers(0, STEPS - 30 + 1, (count, 2))
        membrane = np.zeros((count, UNITS), np.float32)
        spikes = np.zeros((count, UNITS), np.float32)
        trace = np.zeros((count, INPUTS), np.float32)
        eligibility = np.zeros((count, INPUTS, UNITS), np.float32)
        counts = np.zeros((count, UNITS), np.float32)
        for step in range(STEPS):
            x = (rng.random((count, INPUTS), np.float32) < rates).astype(np.float32)
            trace = trace * TRACE + x
            current = np.matmul(x[:, None, :], weights)[:, 0, :]
            inhibitory = spikes.reshape(count, 3, GROUP)[:, :, EXCITATORY:].sum(axis=2)
            current -= INHIBITION * np.repeat(inhibitory, GROUP, axis=1) * EXCITES
            current *= gain
            for group in range(2):
                on = bursts[:, group] & (step >= onsets[:, group]) & (step < onsets[:, group] + 30)
                current[:, group * GROUP : group * GROUP + EXCITATORY] += 1.2 * on[:, None]
            membrane = DECAY * membrane * (1 - spikes) + current
            spikes = (membrane > THRESHOLD).astype(np.float32)
            counts += spikes
            eligibility += (trace * ELIGIBILITY[step])[:, :, None] * spikes[:, None, :]
        rate = counts.reshape(count, 3, GROUP) / STEPS
        h = rate[:, :, :EXCITATORY].mean(axis=2) - rate[:, :, EXCITATORY:].mean(axis=2)
        lead = h[:, 1] - h[:, 0]
        u = np.maximum(rng.random(count), 1e-7)
        drawn = lead + 0.1 * level * (np.log(u) - np.log(1 - u))
        action = (drawn > 0) | ((drawn == 0) & (u >= 0.5))
        reward = np.where(action, np.where(go, 1.0, -1.0), 0.0)
        dopamine = reward - 3 * h[:, 2]
        p = 1 / (1 + np.exp(-10 * lead))
        factor = np.stack([(~action) - (1 - p), action - p, np.ones(count)], axis=1)
        factor *= (0.02 * (1 + 2 * level) * dopamine)[:, None]
        weights += (np.repeat(factor, GROUP, axis=1) * SIGN)[:, None, :].astype(np.float32) * eligibility
        np.clip(weights, 0, LARGEST, out=weights)
        active += (np.abs(dopamine) - active) / 10
        fast += (reward - fast) / 10
        shortfall = slow - fast
        slow += np.where(shortfall < 0.1, (reward - slow) / 100, 0)
        level *= 0.9
        released = (wait == 0) & (shortfall * np.maximum(1 - active / 0.3, 0) > 0.2)
        wait = np.where(released, 20, np.maximum(wait - 1, 0))
        level[released] = 1
        correct[trial] = action == go
    return correct


def adapted(correct):
    """Share of learners with 18 right ones of 20 trials in a row in the second half."""
    half = correct[len(correct) // 2 :].astype(int)
    running = np.cumsum(np.vstack([np.zeros((1, half.shape[1]), int), half]), axis=0)
    return float(((running[20:] - running[:-20]) >= 18).any(axis=0).mean())


def timed(name, run, count, trials):
    start = time.process_time()
    correct = run()
    seconds = time.process_time() - start
    print(f"{name}: {count * trials * STEPS / seconds:.3g} learner-steps a second of processor time, "
          f"{100 * adapted(correct):.0f} % adapt")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    trials = int(sys.argv[2]) if len(sys.argv) > 2 else 550
    alone = max(1, count // 32)
    timed(f"{alone} learners one after another",
          lambda: np.hstack([learners(1, trials, np.random.default_rng(k)) for k in range(alone)]), alone, trials)
    timed(f"{count} learners in one array", lambda: learners(count, trials, np.random.default_rng(1)), count, trials)
