"""Polygons of TopoJSON files."""

from .geometry import polygon_centroid, ring_moments, simplified


class Topology:
    """The shapes of a file as polygons of rings of (longitude, latitude), outer ring first."""

    def __init__(self, topology, tolerance=0):
        """`tolerance`: how far in degrees a line may be from the file's; neighbours share their lines, so none part."""
        self.objects = topology["objects"]
        scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs = []
        for arc in topology["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
            self.arcs.append(simplified(points, tolerance) if tolerance else points)

    def shapes(self, name):
        return self.objects[name]["geometries"]

    def ring(self, indices):
        points = []
        for i in indices:
            arc = self.arcs[i] if i >= 0 else self.arcs[~i][::-1]
            points += arc if not points else arc[1:]
        return points

    def polygons(self, shape):
        groups = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        return [[self.ring(r) for r in group] for group in groups]


def county_centroids(topology):
    """Returns {FIPS: (latitude, longitude)} of the counties of a TopoJSON file."""
    topology = Topology(topology)
    centroids = {}
    for shape in topology.shapes("counties"):
        polygons = topology.polygons(shape)
        largest = max(polygons, key=lambda p: abs(ring_moments(p[0])[0]))
        crosses = any(abs(x) > 179 for p in polygons for x, _ in p[0])
        centroids[shape["id"]] = polygon_centroid([largest] if crosses else polygons)
    return centroids
