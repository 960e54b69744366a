"""A place, and the ways to find the places near a point or of a name."""

import collections
import math
import re
import unicodedata

from .geometry import geohash, near_km
from .names import clean, fold, is_latin, latin_slug, near_key, plain

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
