"""Writing compressed tables."""

import hashlib

from .compression import compress
from .log import say


def write_table(path, header, rows):
    data = ("\n".join(["\t".join(header), *rows]) + "\n").encode("utf-8")
    packed = compress(data)
    path.write_bytes(packed)
    say(f"{path.name}: {len(rows)} rows, {len(data)} bytes, {len(packed)} compressed")
    print(f"{hashlib.sha256(data).hexdigest()}  {path.name.removesuffix('.zst')}")
    print(f"{hashlib.sha256(packed).hexdigest()}  {path.name}")
