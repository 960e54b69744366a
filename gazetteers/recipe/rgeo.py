"""Points of rgeo: of countries and divisions, and populated places of its own."""

import collections
import csv
import io
import re

from .formats import read_rgeo
from .geometry import distance_km, near_km
from .names import clean, fold
from .place import Place, extra_id, without_foreign_marks


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

    def points(self, country, name):
        """Returns the points of all records of a name, also of those that are in use."""
        return [self.records[i][2] for i in self.by_name.get((country, fold(name)), ())]

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


CIVIL = re.compile(r"^(?:City of|Town of|Village of|Borough of|City and County of|Gemeente|Dimos|Obshtina|Kommune|"
                   r"Municipality of|Commune of|Municipio de|Município de|Municipio di|Colonia|Markt|Stadt) (?=[A-ZÀ-Þ])")
TOWNSHIP = re.compile(r"^(?:Charter )?Township of (?P<base>.+)$")


def rgeo_variants(name):
    """Returns the canonical name and other names of a record of rgeo."""
    name, *others = [part.strip() for part in re.split(r"\s*[,(\[]", without_foreign_marks(name), maxsplit=1)[0].split(" / ")]
    match = TOWNSHIP.match(name)
    if match:
        return f"{match.group('base')} Township", [name]
    bare = CIVIL.sub("", name)
    return (bare, [name, *others]) if bare != name else (name, others)


# Records that are no settlement but a part of the world, at a point that tells nothing.
PARTS_OF_COUNTRIES = {("US", "West"), ("US", "Pacific states"), ("VE", "Guiana"), ("TF", "French Southern and Antarctic Lands"),
                      ("ID", "Timor"), ("VE", "Región Insular"), ("US", "Midwest"), ("US", "South"), ("US", "Northeast")}


def rgeo_extras(rgeo, known, grid, used):
    places = []
    for i, (country, raw, point) in enumerate(rgeo.records):
        if i in rgeo.used or (country, raw) in PARTS_OF_COUNTRIES:
            continue
        name, names = rgeo_variants(raw)
        if clean(name, True, 3) is None or known.find("", country, (name, raw), point):
            continue
        id = extra_id(country.lower(), name, point, used)
        if id:
            place = Place(id, name, "", country, point, "rgeo", admin1=grid.admin1(country, point, 30), names=names)
            places.append(place)
            known.add(place)
    return places
