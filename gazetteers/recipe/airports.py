"""Airports, air bases and airfields, under the names that news writes."""

import csv
import io
import re

from .names import clean, fold
from .place import Place, extra_id

ICAO = re.compile(r"[A-Z]{4}")
CITY_KM = 60
# Territories of the United States that the list has as divisions, with ISO codes of their own.
TERRITORIES = {"Puerto Rico": "PR", "Virgin Islands": "VI"}
WRITTEN_OUT = {
    "Intl": "International", "Ntl": "National", "Natl": "National", "Rgnl": "Regional", "Muni": "Municipal", "Meml": "Memorial",
    "Afb": "Air Force Base", "Aaf": "Army Airfield", "Nas": "Naval Air Station", "Airstip": "Airstrip", "Airbase": "Air Base",
    "airport": "Airport", "airfield": "Airfield", "Arpt": "Airport",
}
FACILITY = re.compile(r"(?:Airport|Airfield|Air ?Base|Air Force Base|Heliport|Airpark|Air Park|Airstrip|Aerodrome|Field|Base|Station|"
                      r"Runway|Skyport|Aeroport|Landing Ground|Test Range|Air Force Academy)\b")
AT_END = re.compile(FACILITY.pattern + "$")
MILITARY = re.compile(r"^(?:RAF|RNAS|RAAF|RNZAF|CFB|MOD|NAS|Joint Base) ")
# Strips of farms, lodges and owners, which have their code for pilots only.
PRIVATE = re.compile(
    r"\b(?:Pvt|Private|Ranch|Ranches|Farms?|Strip|Airstrip|Stol|Ultralight|Crop|Personal|Landing|Flying|Fly|Sky|Lodge|Hospital|"
    r"Gliderport|Estates?|Acres|Heli|Balloon|Duster|Dusters|Spraying|Inc|Restricted)\b", re.IGNORECASE)
FARM = re.compile(r"^(?:Fazenda|Faz|Usina|Estancia|Hacienda|Fundo|Hato|Finca|Sitio|Estância|Agropecu\w+|Agro\w*) ")
GENERIC = ("International|Municipal|Regional|County|National|Airport|Air|Executive|Memorial|City|Metropolitan|Domestic|Field|"
           "North|South|East|West|Central|Civil|Military|New|Old|Downtown|Private|Army|Naval|Heliport|Airfield|Airpark|Aerodrome|"
           "Airstrip|Base")
BARE = re.compile(rf"^(?:{GENERIC})\b")
INITIAL = re.compile(r"\b([A-Z]) (?=[A-Z])")
TITLED = re.compile(r"^(?:General|Gen\.?|Captain|Capitan|Capitán|Comandante|Coronel|Colonel|Major|Marshal|Presidente|President) "
                    r"(?:\S+ ){1,4}?(?P<last>\S+(?: International)? (?:Airport|Air Base))$")


def official_name(raw):
    """Returns the name without what stands in parentheses, written out, with a facility word; None when it is junk."""
    name = re.sub(r"\s*\([^)]*\)?|\s*/(?:Pvt|Private|Gts)/|,.*$", "", raw).strip(" .")
    if " / " in name:
        name = name.split(" / ")[-1]
    name = " ".join(WRITTEN_OUT.get(w, w) for w in name.replace("/", "-").replace("--", "-").split())
    if not name or name.isupper() or re.search(r"[\d&]", name) or not name[0].isalpha():
        return None
    name = re.sub(r"(Air Force Base|Army Airfield|Naval Air Station) Airport$", r"\1", name)
    name = re.sub(r"^(Joint Base .*) Airport$", r"\1", name)
    name = INITIAL.sub(r"\1. ", name)
    return name if FACILITY.search(name) or MILITARY.match(name) else f"{name} Airport"


def other_names(name, raw, row):
    """Returns the name with and without its city, the word International and a title, and both halves of a double name."""
    names, city = [name], row["city"].split(",")[0].strip()
    halves = [h.strip() for h in raw.split("/")] if "/" in raw and " / " not in raw and "/P" not in raw else []
    names += [h if AT_END.search(h) else f"{h} Airport" for h in halves]
    if city and name.startswith(city + " ") and not BARE.match(name[len(city) + 1:]):
        names.append(name[len(city) + 1:])
    elif city and row["iata"] and fold(city) not in fold(name) and len(name.split()) <= 3 and AT_END.search(name):
        names.append(f"{city} {name}")
    titled = TITLED.match(name)
    if titled and row["iata"]:
        names.append(titled.group("last"))
    short = re.split(r" (?:am|an der|upon|de la) ", city)[0]
    if short != city and name.startswith(city + " "):
        names.append(f"{short} Airport")
    for n in list(names):
        if " International" in n:
            names.append(n.replace(" International", ""))
        elif row["iata"] and n.endswith(" Airport") and " International " in row["name"]:
            names.append(n.replace(" Airport", " International Airport"))
    return [n for n in dict.fromkeys(names) if n != name and clean(n, True)]


def is_worth_a_row(row, name):
    """Every airport with an IATA code, and of the others those that are no private strip."""
    if row["iata"]:
        return True
    return not PRIVATE.search(row["name"]) and not FARM.match(name) and (ICAO.fullmatch(row["icao"]) or AT_END.search(name))


def read_rows(packages):
    """Returns the airports, those with an IATA code first."""
    text = packages.read("airportsdata", "airportsdata/airports.csv").decode("utf-8")
    return sorted(csv.DictReader(io.StringIO(text)), key=lambda r: (not r["iata"], r["icao"]))


def airports(packages, known, grid, used):
    places, served = [], set()
    for row in read_rows(packages):
        name, country = official_name(row["name"]), TERRITORIES.get(row["subd"], row["country"])
        has_code = ICAO.fullmatch(row["icao"])
        if not name or clean(name, True, 4) is None or not is_worth_a_row(row, name):
            continue
        if not has_code and not row["iata"] and fold(name) in served:  # a strip in Texas is called Heathrow Airport
            continue
        point = round(float(row["lat"]), 5), round(float(row["lon"]), 5)
        code = "AIRH" if "Heliport" in name else "AIRP"
        if known.find(code, country, (name,), point):
            continue
        id = f"icao:{row['icao']}" if has_code else extra_id(f"airport-{country.lower()}", name, point, used)
        place = Place(id, name, code, country, point, "airportsdata", admin1=grid.admin1(country, point, CITY_KM),
                      names=other_names(name, row["name"], row))
        if row["iata"]:
            served |= {fold(n) for n in place.all_names()}
        places.append(place)
        known.add(place)
    return places
