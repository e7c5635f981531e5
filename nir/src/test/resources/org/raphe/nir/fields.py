"""Prints every field of a NIR file: path, type, shape, and a digest of its values or its texts."""
import hashlib
import sys

import h5py
import numpy


def show(path, item):
    if not isinstance(item, h5py.Dataset):
        return
    value = item[()]
    if item.dtype.kind in "SO":
        texts = [text.decode("utf8") for text in numpy.atleast_1d(value).ravel()]
        said = "|".join(texts)
    else:
        little = numpy.ascontiguousarray(value).astype(item.dtype.newbyteorder("<"))
        said = hashlib.sha256(little.tobytes()).hexdigest()
    kind = "text" if item.dtype.kind in "SO" else str(item.dtype)
    shape = "x".join(str(side) for side in item.shape)
    print(path, kind, shape or "scalar", said, sep="\t")


with h5py.File(sys.argv[1], "r") as file:
    file.visititems(show)
