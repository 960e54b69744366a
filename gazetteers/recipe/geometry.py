"""Points, distances, polygons and geohashes on the sphere."""

import math

EARTH_RADIUS_KM = 6371.0088


def distance_km(a, b):
    """Great-circle distance between two (latitude, longitude) pairs in degrees."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    dlat, dlon = lat2 - lat1, math.radians(b[1] - a[1])
    h = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def near_km(a, b):
    """Distance on a locally flat map: exact enough below 100 km and faster."""
    dlon = (a[1] - b[1] + 180) % 360 - 180
    x = dlon * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.195 * math.hypot(x, a[0] - b[0])


GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"


def geohash(point, length):
    lat, lon = [-90.0, 90.0], [-180.0, 180.0]
    text, bits, even = "", 0, True
    for i in range(length * 5):
        span, value = (lon, point[1]) if even else (lat, point[0])
        middle = (span[0] + span[1]) / 2
        above = value >= middle
        span[0 if above else 1] = middle
        bits = bits * 2 + above
        even = not even
        if i % 5 == 4:
            text, bits = text + GEOHASH[bits], 0
    return text


def ring_moments(ring):
    """Signed area and first moments of a ring of (longitude, latitude)."""
    area = mx = my = 0.0
    x0, y0 = ring[0]
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        x1, y1, x2, y2 = x1 - x0, y1 - y0, x2 - x0, y2 - y0
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        mx += (x1 + x2) * cross / 6
        my += (y1 + y2) * cross / 6
    return area, mx + x0 * area, my + y0 * area


def polygon_centroid(polygons):
    """Area centroid (latitude, longitude) of polygons given as lists of rings, outer ring first."""
    area = mx = my = 0.0
    for rings in polygons:
        a, x, y = ring_moments(rings[0])
        sign = 1 if a >= 0 else -1
        area, mx, my = area + sign * a, mx + sign * x, my + sign * y
    return (my / area, mx / area) if area else None


KM2_OF_SQUARE_DEGREE = (2 * math.pi * EARTH_RADIUS_KM / 360) ** 2


def middle_and_radius(geometry):
    """Returns the area centroid of a GeoJSON area and the radius in km of the circle that has its area."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    if any(abs(x) > 179 for rings in polygons for x, _ in rings[0]):  # it crosses the 180th meridian
        polygons = [max(polygons, key=lambda rings: abs(ring_moments(rings[0])[0]))]
    centroid = polygon_centroid(polygons)
    if centroid is None:
        return None
    degrees = sum(abs(ring_moments(rings[0])[0]) for rings in polygons)
    return centroid, math.sqrt(degrees * KM2_OF_SQUARE_DEGREE * math.cos(math.radians(centroid[0])) / math.pi)


def simplified(line, tolerance):
    """Returns the line without the points that lie nearer than `tolerance` to what is left (Douglas and Peucker)."""
    keep, pending = {0, len(line) - 1}, [(0, len(line) - 1)]
    while pending:
        first, last = pending.pop()
        (x0, y0), (x1, y1) = line[first], line[last]
        dx, dy = x1 - x0, y1 - y0
        length = math.hypot(dx, dy)
        farthest, at = tolerance, None
        for i in range(first + 1, last):
            x, y = line[i][0] - x0, line[i][1] - y0
            away = abs(x * dy - y * dx) / length if length else math.hypot(x, y)
            if away > farthest:
                farthest, at = away, i
        if at is not None:
            keep.add(at)
            pending += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def mean_point(points):
    """Mean of points on the sphere, so that it holds across the 180th meridian."""
    x = y = z = 0.0
    for lat, lon in points:
        lat, lon = math.radians(lat), math.radians(lon)
        x += math.cos(lat) * math.cos(lon)
        y += math.cos(lat) * math.sin(lon)
        z += math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
