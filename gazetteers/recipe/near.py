"""The places already known: which of them is the same thing as a new record, and which city is nearest."""

import collections
import math

from .geometry import near_km
from .names import near_key

# How far apart two records of a name may be and still be one thing, in km. Points of areas differ the more,
# the larger the area is; a record without a class can be any of them.
REACH = {"settlement": 10, "unknown": 10, "ADM2": 30, "ADM1": 120, "country": 400, "area": 100, "airport": 3}


def kind(code):
    """The class of things that a feature code belongs to."""
    if code.startswith("PPL") or code == "STLMT":
        return "settlement"
    if code in ("ADM1", "ADM2"):
        return code
    if code.startswith("PCL") or code in ("TERR", "CONT"):
        return "country"
    if code.startswith("AIR"):
        return "airport"
    return "area" if code else "unknown"


class Known:
    """Places by country and name."""

    def __init__(self, places):
        self.places = collections.defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place):
        for name in place.all_names():
            self.places[place.country, near_key(name)].append(place)

    def find(self, code, country, names, point, settlement_km=REACH["settlement"]):
        """Returns the place that a record of this class, of one of these names and at this point is, or None."""
        reach = {**REACH, "settlement": settlement_km, "unknown": settlement_km}
        new = kind(code)
        for name in names:
            for place in self.places.get((country, near_key(name)), ()):
                old = kind(place.code)
                if old != new and "unknown" not in (old, new):
                    continue
                if near_km(place.point, point) <= reach[new if old == "unknown" else old]:
                    return place
        return None


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
        width = 11.1 * max(0.2, math.cos(math.radians(point[0])))
        best, best_km = None, limit_km
        for r in range(0, 10):
            if (r - 1) * width > limit_km or best is not None and r > 1 and (r - 1) * width > best_km:
                break
            for cell in ring_cells(y, x, r):
                for city in self.cells.get(cell, ()):
                    if city.country == country:
                        km = near_km(city.point, point)
                        if km < best_km:
                            best, best_km = city, km
        return best

    def admin1(self, country, point, limit_km):
        """The admin1 code of the nearest city within the limit, or nothing."""
        city = self.nearest(country, point, limit_km)
        return city.admin1 if city else ""


def ring_cells(y, x, r):
    if r == 0:
        return [(y, x)]
    edge = [(y + d, x + s * r) for s in (-1, 1) for d in range(-r, r + 1)]
    return edge + [(y + s * r, x + d) for s in (-1, 1) for d in range(-r + 1, r)]
