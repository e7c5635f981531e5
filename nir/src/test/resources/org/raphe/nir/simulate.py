"""Runs the graph of a NIR file on recorded input spikes, in float32, one operation at a time.

simulate.py FILE SPIKES: SPIKES holds whole numbers of 32 bits, [word][input], 32 steps a word, inputs numbered
row, column, channel. Prints for each LIF node its name and the SHA-256 of its spikes in the same layout.
"""
import hashlib
import sys

import h5py
import numpy

F = numpy.float32


def fma(x, weight, current):
    # Products of float32 are exact in float64; the sum is rounded to float32 once, but for ties that none meets.
    return (x.astype(numpy.float64) * weight + current).astype(F)


def affine(node, x):
    weight = node["weight"][()]
    current = node["bias"][()] + F(0)
    for k in range(weight.shape[1]):
        if x[k] != 0:
            current = fma(numpy.full(weight.shape[0], x[k], F), weight[:, k], current)
    return current


def convolve(node, x):
    weight, bias = node["weight"][()], node["bias"][()]
    stride, padding = node["stride"][0], node["padding"][0]
    size = weight.shape[2]
    padded = numpy.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    rows = (padded.shape[1] - size) // stride + 1
    columns = (padded.shape[2] - size) // stride + 1
    current = numpy.broadcast_to((bias + F(0))[:, None, None], (len(bias), rows, columns)).copy()
    for channel in range(weight.shape[1]):
        for y in range(size):
            for c in range(size):
                seen = padded[channel, y : y + rows * stride : stride, c : c + columns * stride : stride]
                for unit in range(len(bias)):
                    current[unit] = fma(seen, weight[unit, channel, y, c], current[unit])
    return current


def pool(node, x):
    assert list(node["kernel_size"][()]) == [2, 2] and list(node["stride"][()]) == [2, 2]
    rows, columns = x.shape[1] // 2, x.shape[2] // 2
    x = x[:, : 2 * rows, : 2 * columns].reshape(x.shape[0], rows, 2, columns, 2)
    return (x.sum(axis=(2, 4)) * F(0.25)).astype(F)


class Lif:
    def __init__(self, node, dt):
        share = dt / node["tau"][()].astype(numpy.float64)
        self.decay = (1 - share).astype(F)
        assert numpy.all(abs(share * node["r"][()] - 1) < 1e-6), "currents are not scaled"
        assert not node["v_leak"][()].any() and not node["v_reset"][()].any()
        self.threshold = node["v_threshold"][()]
        self.v = numpy.zeros(self.decay.shape, F)
        self.trains = []

    def step(self, current):
        self.v = self.decay * self.v + current
        spikes = self.v > self.threshold
        self.v[spikes] = 0
        self.trains.append(spikes)
        return spikes.astype(F)


def packed(trains):
    trains = [t.transpose(1, 2, 0).ravel() if t.ndim == 3 else t for t in trains]
    words = numpy.zeros(((len(trains) + 31) // 32, trains[0].size), numpy.uint32)
    for step, spikes in enumerate(trains):
        words[step // 32] |= spikes.astype(numpy.uint32) << numpy.uint32(step % 32)
    return words


def main():
    with h5py.File(sys.argv[1], "r") as file:
        graph = file["node"]
        following = {a.decode(): b.decode() for a, b in graph["edges"][()]}
        nodes = {name: dict(node) for name, node in graph["nodes"].items()}
        kinds = {name: node["type"][()].decode() for name, node in nodes.items()}
        dt, steps = graph["metadata"]["dt"][()], graph["metadata"]["steps"][()]
        name = next(name for name, kind in kinds.items() if kind == "Input")
        shape = nodes[name]["shape"][()]
        chain = []
        while name in following:
            name = following[name]
            chain.append(name)
        units = {name: Lif(nodes[name], dt) for name in chain if kinds[name] == "LIF"}
        words = numpy.fromfile(sys.argv[2], "<u4").reshape(-1, shape.prod())
        for step in range(steps):
            x = (words[step // 32] >> numpy.uint32(step % 32) & numpy.uint32(1)).astype(F)
            if len(shape) == 3:
                x = x.reshape(shape[1], shape[2], shape[0]).transpose(2, 0, 1)
            for name in chain:
                kind = kinds[name]
                if kind == "Affine":
                    x = affine(nodes[name], x)
                elif kind == "Conv2d":
                    x = convolve(nodes[name], x)
                elif kind == "AvgPool2d":
                    x = pool(nodes[name], x)
                elif kind == "Flatten":
                    x = x.ravel()
                elif kind == "LIF":
                    x = units[name].step(x)
                else:
                    assert kind == "Output", kind
        for name, unit in units.items():
            print(name, hashlib.sha256(packed(unit.trains).astype("<u4").tobytes()).hexdigest())


main()
