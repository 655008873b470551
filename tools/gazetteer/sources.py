"""Readers of the open sources, each in its published format.

GeoNames: the dump's table (cities500.txt, allCountries.txt, IR.txt …), admin1CodesASCII.txt, alternateNamesV2.txt.
CLDR: common/main and common/subdivisions. OpenStreetMap: answers of an Overpass server in JSON ("out center tags").
Areas: TopoJSON of Natural Earth, of the US census or of OpenStreetMap. Who's On First: a table with a header.
"""
import csv
import gzip
import io
import json
import math
import xml.etree.ElementTree as ElementTree
import zipfile

DUMP = ("geonameid", "name", "asciiname", "alternatenames", "lat", "lon", "fclass", "fcode", "country", "cc2", "admin1",
        "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified")


def open_text(path):
    """A plain, gzipped or zipped file (its first .txt member that is no readme) as lines."""
    if str(path).endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    if str(path).endswith(".zip"):
        archive = zipfile.ZipFile(path)
        member = next(n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower())
        return io.TextIOWrapper(archive.open(member), encoding="utf-8", newline="")
    return open(path, encoding="utf-8", newline="")


def table(path):
    """Tab-separated with a header line."""
    with open_text(path) as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def geonames(path):
    """The dump's 19 columns, or the same columns by name where the file has a header."""
    with open_text(path) as file:
        first = file.readline()
        columns = first.rstrip("\r\n").split("\t")
        if columns[0] == "geonameid":
            for line in file:
                yield dict(zip(columns, line.rstrip("\r\n").split("\t")))
            return
        for line in [first, *file]:
            yield dict(zip(DUMP, line.rstrip("\r\n").split("\t")))


def alternate_names(path, languages=("fa", "ar")):
    """alternateNamesV2.txt: names by geonameid and language, preferred ones first, no historic or colloquial ones."""
    names = {}
    with open_text(path) as file:
        for line in file:
            columns = (line.rstrip("\r\n").split("\t") + [""] * 10)[:10]
            _, ident, language, name, preferred, _, colloquial, historic = columns[:8]
            if language in languages and not colloquial and not historic:
                names.setdefault((ident, language), []).append((preferred != "1", name))
    return {key: [name for _, name in sorted(found, key=lambda f: f[0])] for key, found in names.items()}


def admin1_names(path):
    """admin1CodesASCII.txt: "IR.26", name, ASCII name, geonameid."""
    with open_text(path) as file:
        rows = [line.rstrip("\r\n").split("\t") for line in file]
    return {tuple(row[0].split(".", 1)): row[1] for row in rows if len(row) >= 2 and "." in row[0]}


def cldr_territories(folder, language):
    """Names of countries: the plain one first, then short and variant ones."""
    names = {}
    for node in ElementTree.parse(f"{folder}/main/{language}.xml").iter("territory"):
        code = node.get("type", "")
        if len(code) == 2 and code.isalpha() and node.text and node.text != "↑↑↑":
            names.setdefault(code, []).append((node.get("alt") is not None, node.text))
    return {code: [name for _, name in sorted(found, key=lambda f: f[0])] for code, found in names.items()}


def cldr_subdivisions(folder, language):
    """Names of ISO 3166-2 subdivisions by lower-case code ("ir07")."""
    tree = ElementTree.parse(f"{folder}/subdivisions/{language}.xml")
    return {node.get("type"): node.text for node in tree.iter("subdivision") if node.text}


def overpass(path):
    """Elements of an Overpass answer that have a place: tags, lat, lon, "node/123"."""
    with open_text(path) as file:
        answer = json.load(file)
    for element in answer["elements"]:
        at = element.get("center", element)
        if "lat" in at and "tags" in element:
            yield {"id": f"{element['type']}/{element['id']}", "lat": at["lat"], "lon": at["lon"], "tags": element["tags"]}


def topo_areas(path, layer=None):
    """(id, properties, lat, lon) of each area of a TopoJSON layer: the middle of its largest piece. Of several areas of
    one id, the largest."""
    largest = {}
    for ident, properties, rings in topo_rings(path, layer):
        key = ident or json.dumps(properties, sort_keys=True)
        found = (*max(middle(ring) for ring in rings), ident, properties)
        if key not in largest or found[0] > largest[key][0]:
            largest[key] = found
    for _, lat, lon, ident, properties in largest.values():
        yield ident, properties, lat, lon


def topo_rings(path, layer=None):
    """(id, properties, rings) of each area of a TopoJSON layer: the outline of each of its pieces as (lon, lat)."""
    with open_text(path) as file:
        topology = json.load(file)
    transform = topology.get("transform", {"scale": [1, 1], "translate": [0, 0]})
    arcs = [_decoded(arc, transform) if "transform" in topology else arc for arc in topology["arcs"]]
    objects = topology["objects"]
    for shape in objects[layer or sorted(objects)[0]]["geometries"]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape.get("type"), [])
        rings = [_ring(polygon[0], arcs) for polygon in polygons if polygon]
        if rings:
            yield shape.get("id"), shape.get("properties", {}), rings


def _decoded(arc, transform):
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * transform["scale"][0] + transform["translate"][0],
                       y * transform["scale"][1] + transform["translate"][1]))
    return points


def _ring(indices, arcs):
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc if not points else arc[1:])
    unbroken = points[:1]  # a ring that crosses the 180th meridian goes on beyond it
    for x, y in points[1:]:
        unbroken.append((x - 360 * round((x - unbroken[-1][0]) / 360), y))
    return unbroken


def middle(ring):
    """Area and middle of a ring of (lon, lat), on the globe: a map that keeps areas (sin(lat) upwards) has the middle
    where as much land lies on every side; one that stretches the north would draw it to the pole."""
    area = x = y = 0.0
    points = [(lon, math.sin(math.radians(lat))) for lon, lat in ring]
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if abs(area) < 1e-12:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area), math.degrees(math.asin(y / (3 * area))), (x / (3 * area) + 180) % 360 - 180


def holds(ring, lat, lon):
    """Whether a ring of (lon, lat) goes around a point."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
