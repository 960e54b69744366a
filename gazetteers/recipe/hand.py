"""The tables written by hand beside this recipe, read for what they already hold."""

import collections
import csv
import re

from .geometry import near_km
from .names import fold, near_key
from .packages import GAZETTEERS

PLACE_COLUMNS = {"id", "name", "feature_code", "country", "latitude", "longitude", "alternates"}
# Features that are a spot on the map; everything else has an extent.
SPOTS = re.compile(r"^(?:PPL|AIR|STLMT|MT$|PK$|VLC|HLL|BLDG|BDG|DAM|PS|MNMT|CSTL|CMP|PRT|HBR|MUS|UNIV|SCH|HSP|MIL|INSM|FCL|SQR|ST$|STDM|"
                   r"TMPL|MSQE|CH$|RSTN|GATE|PASS|OILR|MN|ANS|ARCH|RUIN|PAL|GOVL|CUST|PRN|TOWR|FT$|NVB|WALL|BCN|LTHSE|FLLS|SPNG|CAVE)")
# How far apart two points of a name may be, in km. Sources put the middle of the Midwest 330 km apart.
AREA_KM, REGION_KM, SPOT_KM = 100, 400, 15
# Waters and peaks, where nobody lives: a village is often called after one, so only `X River` is the river.
EMPTY = re.compile(r"^(?:STM|LK|SEA|OCN|GULF|BAY|STRT|CHN|RSV|GLCR|FLLS|CNL|SND|FJD|MT$|PK$|VLC|PASS)")
# What other lists add to the name of an island, a region or a water.
GENERIC = re.compile(r"(?: (?:island|islands|isle|archipelago|chiho|peninsula|region|mountains|sea|lake|river|desert)| shoto)$|"
                     r"^(?:island of|isle of|isla de|ile de|archipelago of|lake|mount|river|pulau) ")


def rows(columns):
    """Yields the rows of the tables that have these columns."""
    for path in sorted(GAZETTEERS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if columns <= set(reader.fieldnames or ()):
                yield from reader


def reach_km(code):
    if SPOTS.match(code):
        return SPOT_KM
    return REGION_KM if code == "RGN" else AREA_KM


class HandMade:
    """The places of the hand-made tables by name."""

    def __init__(self):
        self.by_name = collections.defaultdict(list)
        for row in rows(PLACE_COLUMNS):
            if not row["latitude"]:
                continue
            point = float(row["latitude"]), float(row["longitude"])
            reach = reach_km(row["feature_code"])
            for key in {near_key(n) for n in [row["name"], *filter(None, row["alternates"].split("|"))]}:
                if GENERIC.search(key) or not EMPTY.match(row["feature_code"]):
                    self.by_name[key].append((row["id"], row["country"], point, reach))

    def holds(self, place):
        """Tells whether a place without a class, or of nature, is a row of these tables under its own id there."""
        keys = {near_key(n) for n in place.all_names()}
        for key in keys | {GENERIC.sub("", key) for key in keys}:
            for id, country, point, reach in self.by_name.get(key, ()):
                same_country = not country or not place.country or country == place.country
                if id != place.id and same_country and near_km(point, place.point) <= reach:
                    return True
        return False


PERSON_COLUMNS = {"id", "name", "role", "wikidata", "alternates"}


def person_names():
    """Returns the folded names and alternates of the persons of the hand-made tables."""
    return {fold(n) for row in rows(PERSON_COLUMNS) for n in [row["name"], *row["alternates"].split("|")] if n}


def person_ids():
    return {row["id"] for row in rows(PERSON_COLUMNS)}
