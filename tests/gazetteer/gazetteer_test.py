"""Runs tools/build_gazetteer on small made inputs in the formats of its sources. The places are invented."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = ""


def city(ident, name, alternates, lat, lon, kind, country, admin1, people, admin2=""):
    feature_class, code = kind.split(".")
    return "\t".join([ident, name, name, alternates, str(lat), str(lon), feature_class, code, country, "", admin1, admin2, "", "",
                      str(people), "", "", "Asia/X", "2026-01-01"])


CITIES = [city("1", "Orma", "Orma,اورما", 35.0, 51.0, "P.PPLA", "IR", "26", 90000),
          city("2", "Delvar", "", 36.0, 52.0, "P.PPL", "IR", "26", 700),
          city("3", "Farland", "Farrland", 10.0, 10.0, "P.PPL", "QQ", "01", 900),
          city("4", "Qell", "", 10.2, 10.0, "P.PPLC", "QQ", "01", 800000),
          city("5", "Starville", "Star Ville,STV", 30.5, -90.5, "P.PPL", "US", "TX", 600, "001"),
          city("6", "Morr", "", 61.0, 11.0, "P.PPL", "QQ", "02", 900),
          city("7", "Sull", "", 63.0, 11.0, "P.PPL", "QQ", "02", 900)]
IRAN = ["wof_id\tgeonameid\tplacetype\tname\tlat\tlon\tregion\tcounty\tnames_fa\tnames_latin",
        "70\t1\tlocality\tOrma\t35\t51\tOrmaland\tOrma\tاورما\tOrma",
        "71\t\tcounty\tOrma\t35.1\t51.1\tOrmaland\tOrma\t\tOrma",
        "72\t\tcounty\tVelkan\t36.1\t52.1\tOrmaland\tVelkan\tشهرستان ولکان\tVelkan"]
TERRITORIES = {"en": {"IR": "Iranland", "QQ": "Qelland (Old)", "US": "States"}, "fa": {"QQ": "کلند"}, "ar": {"QQ": "قلند"}}
SUBDIVISIONS = {"en": {"qq1": "Farlend", "qq2": "Farland", "ustx": "Texland"}, "fa": {"qq2": "استان فرلند"}, "ar": {"qq2": "محافظة فرلند"}}
NUMBERS = '<territoryCodes type="QQ" numeric="900"/><territoryCodes type="US" numeric="840"/>'


def square(lon, lat, ident, **properties):
    return {"type": "Polygon", "id": ident, "properties": properties,
            "arcs": [[[lon, lat], [lon + 2, lat], [lon + 2, lat + 2], [lon, lat + 2], [lon, lat]]]}


def tall(lon, lat, ident, **properties):
    """A square's shape over twenty degrees of latitude."""
    return {"type": "Polygon", "id": ident, "properties": properties,
            "arcs": [[[lon, lat], [lon + 2, lat], [lon + 2, lat + 20], [lon, lat + 20], [lon, lat]]]}


def topology(**layers):
    arcs, objects = [], {}
    for name, shapes in layers.items():
        for shape in shapes:
            arcs.append(shape["arcs"][0])
            shape["arcs"] = [[len(arcs) - 1]]
        objects[name] = {"type": "GeometryCollection", "geometries": shapes}
    return {"type": "Topology", "arcs": arcs, "objects": objects}


class Script(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("cities.txt", "\n".join(CITIES) + "\n")
        self.write("iran.tsv", "\n".join(IRAN) + "\n")
        self.write("admin1.txt", "IR.26\tOrmaland\tOrmaland\t9\nQQ.01\tFar Land\tFar Land\t8\nQQ.02\tFarlend\tFarlend\t7\n")
        self.write("names.txt", "1\t2\tfa\tدلوار\t1\t\t\t\t\t\n2\t2\tfa\tکهنه\t\t\t\t1\t\t\n3\t2\tru\tДелвар\t\t\t\t\t\t\n")
        for language in ("en", "fa", "ar"):
            rows = "".join(f'<territory type="{c}">{n}</territory>' for c, n in TERRITORIES[language].items())
            self.write(f"cldr/main/{language}.xml", f"<ldml>{rows}</ldml>")
            rows = "".join(f'<subdivision type="{c}">{n}</subdivision>' for c, n in SUBDIVISIONS[language].items())
            self.write(f"cldr/subdivisions/{language}.xml", f"<ldml>{rows}</ldml>")
        self.write("cldr/supplemental/supplementalData.xml", f"<supplementalData>{NUMBERS}</supplementalData>")
        self.write("provinces.json", json.dumps(topology(p=[square(50, 34, None, iso="IR-07", en="Ormaland")])))
        counties = [square(50, 34, None, osm=500, iso1="IR-07", fa="شهرستان سارند", en="Sarand County"),
                    square(52, 35, None, osm=501, iso1="IR-07", fa="شهرستان ولکان", en="Velkan County")]
        self.write("counties.json", json.dumps(topology(c=counties)))
        self.write("facilities.json", json.dumps({"elements": [
            {"type": "node", "id": 9, "lat": 35.01, "lon": 51.0, "tags": {"amenity": "prison", "name:fa": "زندان اورما"}},
            {"type": "way", "id": 8, "center": {"lat": 35.02, "lon": 51.0}, "tags": {"amenity": "university", "name": "Orma Uni"}},
            {"type": "node", "id": 7, "lat": 35.01, "lon": 51.0, "tags": {"amenity": "bench", "name": "A Bench"}},
            {"type": "node", "id": 5, "lat": 35.01, "lon": 51.0, "tags": {"amenity": "prison", "name:ku": "Girtîgeh"}},
            {"type": "node", "id": 6, "lat": -70, "lon": 0, "tags": {"amenity": "prison", "name": "Nowhere"}}]}))
        self.write("world.json", json.dumps(topology(countries=[square(8, 9, "900", name="Qelland"), square(178, 0, "840", name="S")])))
        self.write("parts/qqq.topo.json", json.dumps(topology(p=[
            square(10, 60, "QQ.A", name="Farland"), square(10, 62, "QQ.B", name="Elsewhere"), square(30, 0, "QQ.C", name="Farlend")])))
        self.write("us.json", json.dumps(topology(states=[square(-92, 30, "48", name="Texland")],
                                                  counties=[square(-92, 30, "48001", name="Star")])))

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return file.read()

    def run_script(self, *arguments, outputs):
        arguments = [a.replace("@", self.folder + "/") for a in arguments]
        subprocess.run([sys.executable, SCRIPT, *arguments], check=True)
        texts = [self.read(name) for name in outputs]
        subprocess.run([sys.executable, SCRIPT, *arguments], check=True)
        again = [self.read(name) for name in outputs]
        self.assertEqual(texts, again)
        out = [{row[0]: row for row in (line.split("\t") for line in text.split("\n")[1:-1])} for text in texts]
        for rows in out:
            self.assertTrue(all(len(row) == 19 for row in rows.values()))
        return out

    def region(self):
        return self.run_script("region", "--cities", "@cities.txt", "--iran", "@iran.tsv", "--admin1", "@admin1.txt", "--cldr",
                               "@cldr", "--osm-provinces", "@provinces.json", "--osm-counties", "@counties.json",
                               "--osm-facilities", "@facilities.json", "--alternate-names", "@names.txt", "--out",
                               "@places.tsv", "--osm-out", "@osm.tsv", outputs=["places.tsv", "osm.tsv"])

    def test_towns_have_county_and_names_of_both_sources(self):
        places, _ = self.region()
        self.assertEqual(places["1"][11], "ormala.orma")
        self.assertIn("اورما", places["1"][3])
        self.assertEqual(places["2"][3], "دلوار")  # neither the historic name nor the Russian one
        self.assertNotIn("3", places)  # too small for a country that is not near

    def test_a_county_without_a_persian_name_takes_its_town_s(self):
        places, _ = self.region()
        self.assertEqual(places["wof72"][3], "شهرستان ولکان")
        self.assertEqual(places["wof71"][10:12], ["26", "ormala.orma"])

    def test_countries_have_names_in_three_languages(self):
        places, _ = self.region()
        self.assertEqual((places["country-QQ"][1], places["country-QQ"][3]), ("Qelland", "کلند,قلند"))

    def test_openstreetmap_stays_in_a_file_of_its_own(self):
        places, osm = self.region()
        self.assertFalse([ident for ident in places if ident.startswith("osm")])
        self.assertEqual(osm["osm500"][1:4], ["Sarand County", "", "شهرستان سارند"])
        self.assertEqual((osm["osm500"][4], osm["osm500"][5], osm["osm500"][10]), ("34.994", "51", "26"))
        self.assertNotIn("osm501", osm)  # Who's On First has it
        self.assertEqual(osm["osm-node-9"][6:11], ["S", "PRN", "IR", "", "26"])
        self.assertEqual(osm["osm-way-8"][7], "UNIV")
        self.assertEqual([i for i in osm if i.startswith("osm-")], ["osm-node-9", "osm-way-8"])

    def test_the_world_has_every_town_states_and_middles(self):
        world = self.world()
        self.assertEqual(world["3"][3], "Farland,Farrland")
        self.assertEqual((world["country-QQ"][4], world["country-QQ"][5]), ("9.998", "9"))
        self.assertEqual(world["country-US"][5], "179")
        self.assertEqual((world["state-TX"][1], world["county-48001"][1], world["county-48001"][11]), ("Texland", "Star County", "001"))
        self.assertEqual(world["province-QQ-01"][1], "Farland")
        self.assertEqual(world["5"][3], "Starville,Star Ville")

    def world(self, *more):
        return self.run_script("world", "--cities", "@cities.txt", "--admin1", "@admin1.txt", "--cldr", "@cldr",
                               "--natural-earth", "@world.json", "--us-atlas", "@us.json", *more, "--out", "@world.tsv",
                               outputs=["world.tsv"])[0]

    def test_provinces_that_differ_in_vowels_keep_their_own_names(self):
        world = self.world()
        self.assertEqual([world[f"province-QQ-0{n}"][1] for n in (1, 2)], ["Farland", "Farlend"])

    def test_areas_belong_to_the_province_of_their_towns_whatever_they_are_called(self):
        world = self.world("--provinces", "@parts")
        lat, lon = map(float, world["province-QQ-02"][4:6])  # two squares, one above the other
        self.assertTrue(61.9 < lat < 62 and lon == 11, (lat, lon))
        self.assertEqual(world["province-QQ-01"][4:6], ["10.1", "10"])  # no area: the mean of its towns

    def test_the_middle_of_an_area_has_as_much_land_north_as_south(self):
        self.write("world.json", json.dumps(topology(countries=[tall(8, 60, "900", name="Qelland")])))
        lat = float(self.world()["country-QQ"][4])
        self.assertTrue(67.7 < lat < 67.8, lat)  # 70 on a map that stretches the north


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--script", required=True)
    args, rest = parser.parse_known_args()
    SCRIPT = args.script
    unittest.main(argv=[sys.argv[0], *rest])
