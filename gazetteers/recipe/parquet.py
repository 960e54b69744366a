"""A reader of plain and dictionary columns of zstd-compressed Parquet files."""

import struct

from .compression import decompress
from .formats import varint, zigzag
from .log import fail


class Thrift:
    """Reads the compact protocol of Apache Thrift into {field id: value}."""

    def __init__(self, data, offset=0):
        self.data, self.offset = data, offset

    def varint(self):
        value, self.offset = varint(self.data, self.offset)
        return value

    def value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind in (3, 4, 5, 6):
            return zigzag(self.varint()) if kind != 3 else self.byte()
        if kind == 7:
            self.offset += 8
            return struct.unpack_from("<d", self.data, self.offset - 8)[0]
        if kind == 8:
            size = self.varint()
            self.offset += size
            return self.data[self.offset - size:self.offset]
        if kind in (9, 10):
            return self.sequence()
        if kind == 12:
            return self.struct()
        fail(f"parquet: thrift type {kind} is not read")

    def byte(self):
        self.offset += 1
        return self.data[self.offset - 1]

    def sequence(self):
        head = self.byte()
        size = head >> 4 if head >> 4 < 15 else self.varint()
        kind = head & 15
        if kind in (1, 2):
            return [self.byte() == 1 for _ in range(size)]
        return [self.value(kind) for _ in range(size)]

    def struct(self):
        fields, field = {}, 0
        while True:
            head = self.byte()
            if head == 0:
                return fields
            field = field + (head >> 4) if head >> 4 else zigzag(self.varint())
            fields[field] = self.value(head & 15)


BYTE_ARRAY, INT64, ZSTD_CODEC = 6, 2, 6


def plain_values(kind, data, count):
    if kind == INT64:
        return list(struct.unpack_from(f"<{count}q", data))
    values, offset = [], 0
    for _ in range(count):
        size = struct.unpack_from("<I", data, offset)[0]
        values.append(data[offset + 4:offset + 4 + size].decode("utf-8"))
        offset += 4 + size
    return values


def dictionary_indices(data, count):
    """Decodes the RLE / bit-packed hybrid that follows its one-byte bit width."""
    width, offset, values = data[0], 1, []
    while len(values) < count:
        head, offset = varint(data, offset)
        if head & 1:
            size = (head >> 1) * width
            bits = int.from_bytes(data[offset:offset + size], "little")
            offset += size
            for i in range((head >> 1) * 8):
                values.append(bits >> (i * width) & ((1 << width) - 1))
        else:
            size = (width + 7) // 8
            values += [int.from_bytes(data[offset:offset + size], "little")] * (head >> 1)
            offset += size
    return values[:count]


def parquet_column(data, name):
    """Returns the values of a required text or 64-bit column of a zstd-compressed Parquet file."""
    size = struct.unpack("<I", data[-8:-4])[0]
    meta = Thrift(data, len(data) - 8 - size).struct()
    values = []
    for group in meta[4]:
        chunk = next(c[3] for c in group[1] if c[3][3] == [name.encode()])
        if chunk[4] != ZSTD_CODEC or chunk[1] not in (BYTE_ARRAY, INT64):
            fail(f"parquet: column {name} has codec {chunk[4]} and type {chunk[1]}")
        values += chunk_values(data, chunk)
    return values


def chunk_values(data, chunk):
    offset, values, dictionary = chunk.get(11, chunk[9]), [], []
    while len(values) < chunk[5]:
        reader = Thrift(data, offset)
        page = reader.struct()
        body = decompress(data[reader.offset:reader.offset + page[3]], page[2])
        offset = reader.offset + page[3]
        if page[1] == 2:
            dictionary = plain_values(chunk[1], body, page[7][1])
            continue
        if page[1] != 0:
            fail(f"parquet: page type {page[1]} is not read")
        count, encoding = page[5][1], page[5][2]
        if encoding == 0:
            values += plain_values(chunk[1], body, count)
        else:
            values += [dictionary[i] for i in dictionary_indices(body, count)]
    return values
