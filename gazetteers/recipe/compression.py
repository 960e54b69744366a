"""Zstandard by its command line or the PyPI package."""

import shutil
import subprocess

from .log import fail

ZSTANDARD_VERSION = "0.23.0"


def zstd(arguments, data):
    done = subprocess.run(["zstd", "-q", "-c", *arguments], input=data, stdout=subprocess.PIPE, check=True)
    return done.stdout


def compress(data):
    if shutil.which("zstd"):
        return zstd(["-19", "-T1", f"--stream-size={len(data)}"], data)
    import zstandard
    return zstandard.ZstdCompressor(level=19, write_checksum=True).compress(data)


def decompress(data, size):
    if shutil.which("zstd"):
        return zstd(["-d"], data)
    import zstandard
    return zstandard.ZstdDecompressor().decompress(data, max_output_size=size)


def check_zstd():
    if shutil.which("zstd"):
        return
    try:
        import zstandard
    except ModuleNotFoundError:
        fail(f"needs the zstd command line or the PyPI package zstandard=={ZSTANDARD_VERSION}")
    if zstandard.__version__ != ZSTANDARD_VERSION:
        fail(f"zstandard is {zstandard.__version__}, expected {ZSTANDARD_VERSION}")
