"""Polygons of TopoJSON files."""

from .geometry import polygon_centroid, ring_moments


def county_centroids(topology):
    """Returns {FIPS: (latitude, longitude)} of the counties of a TopoJSON file."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)

    def ring(indices):
        points = []
        for i in indices:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += arc if not points else arc[1:]
        return points

    centroids = {}
    for shape in topology["objects"]["counties"]["geometries"]:
        groups = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        polygons = [[ring(r) for r in group] for group in groups]
        largest = max(polygons, key=lambda p: abs(ring_moments(p[0])[0]))
        crosses = any(abs(x) > 179 for p in polygons for x, _ in p[0])
        centroids[shape["id"]] = polygon_centroid([largest] if crosses else polygons)
    return centroids
