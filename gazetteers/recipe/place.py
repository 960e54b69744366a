"""A place: its names cleaned, its id, its row."""

import collections
import re
import unicodedata

from .geometry import geohash, near_km
from .names import clean, fold, is_latin, latin_slug, plain

WRITTEN = ("id", "name", "feature_code", "country", "admin1", "admin2", "latitude", "longitude", "population",
           "alternates", "source")
SCRIPTS = ("id", "alternates")


class Place:
    """`names` are the other names in Latin script, `scripts` those in other scripts, once the names are tidy."""

    __slots__ = ("id", "name", "code", "country", "admin1", "admin2", "point", "population", "names", "scripts", "source")

    def __init__(self, id, name, code, country, point, source, admin1="", admin2="", population=0, names=()):
        self.id, self.name, self.code, self.country = id, name, code, country
        self.admin1, self.admin2, self.point, self.population = admin1, admin2, point, population
        self.names, self.scripts, self.source = list(names), [], source

    def sort_key(self):
        prefix, _, rest = self.id.partition(":")
        return prefix, int(rest) if rest.isdigit() else 0, rest

    def all_names(self):
        return [self.name, *self.names]

    def origin(self):
        """The package of the id and the name; `source` may also name that of the point."""
        return self.source.split(",")[0]


def tidy_names(place):
    """Cleans the alternates of a place, drops those that fold like its name or one another, and parts them by script."""
    is_city = place.code.startswith("PPL") or not place.code
    seen, kept = {fold(place.name)}, []
    if plain(place.name) != place.name:
        place.names.insert(0, plain(place.name))
    for raw in [*place.names, *place.scripts]:
        name = clean(raw, False, 3 if is_city and is_latin(raw) else 2)
        if name and fold(name) and fold(name) not in seen:
            seen.add(fold(name))
            kept.append(name)
    place.names = [n for n in kept if is_latin(n)]
    place.scripts = [n for n in kept if not is_latin(n)]


def without_foreign_marks(name):
    """Returns a Latin name without vowel signs of Arabic, which stray in from other columns of the source."""
    return "".join(c for c in name if not ("\u064b" <= c <= "\u065f")) if is_latin(name) else name


def canonical(place):
    """Gives a place a canonical name that news would print; False when there is none."""
    # In Switzerland a quarter is listed behind its town: `Zürich (Kreis 11) / Oerlikon`.
    if place.country == "CH":
        place.name = place.name.rsplit(" / ", 1)[-1]
    name = re.split(r"\s*[(\[]", without_foreign_marks(place.name), maxsplit=1)[0].strip() or place.name
    if ", " in name:
        place.names.insert(0, name.split(", ")[0])
    if " / " in name:
        name, *others = [n.strip() for n in name.split(" / ")]
        place.names[:0] = others
    elif "/" in name:
        place.names.insert(0, name.split("/")[0])
    if not is_latin(name):
        place.names.append(name)
        name = next((n for n in (clean(x, True, 3) for x in place.names) if n), "")
    place.name = " ".join(unicodedata.normalize("NFC", name).split())
    return sum(c.isalpha() for c in place.name) >= 2 and "|" not in place.name


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
            kept[place.id].names += place.all_names() + place.scripts
        else:
            kept[place.id] = place
    return list(kept.values())


SAME_SPOT_KM = 0.5


def without_twins(places):
    """Merges settlements of one name and country at one spot, which the source lists twice, into the larger or older one."""
    kept, by_name = [], collections.defaultdict(list)
    for place in sorted(places, key=lambda p: (-p.population, p.sort_key())):
        if not (place.code.startswith("PPL") or not place.code):
            kept.append(place)
            continue
        same = by_name[place.country, fold(place.name)]
        twin = next((p for p in same if near_km(p.point, place.point) < SAME_SPOT_KM), None)
        if twin:
            twin.names += [n for n in place.names if fold(n) not in {fold(m) for m in twin.all_names()}]
        else:
            same.append(place)
            kept.append(place)
    return kept


def without_dangling_codes(places):
    """Takes codes of divisions that no list has any more away from places."""
    codes = {p.admin1 for p in places if p.code == "ADM1"} | {p.admin2 for p in places if p.code == "ADM2"}
    for place in places:
        place.admin1 = place.admin1 if place.admin1 in codes else ""
        if place.code != "ADM2":
            place.admin2 = place.admin2 if place.admin2 in codes and place.admin1 else ""
    return places


def degrees(value):
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def place_row(place):
    return "\t".join([
        place.id, place.name, place.code, place.country, place.admin1, place.admin2, degrees(place.point[0]),
        degrees(place.point[1]), str(place.population or ""), "|".join(place.names), place.origin(),
    ])


def script_row(place):
    return f"{place.id}\t{'|'.join(place.scripts)}"
