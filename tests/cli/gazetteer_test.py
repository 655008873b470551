#!/usr/bin/env python3
"""The gazetteer as a desk meets it: looked into, checked, compiled, and taken by a chronicle.

Reads the program's path from $GAVAH. Each test's name is a claim.
"""
import json
import os
import unittest

from cli_test import CASE, Chronicle
from coding_test import ENGLISH, claim_of, told

DUMP = os.path.join(CASE, "gazetteer.tsv")
VILLAGE = "9910001\tPelvan\tPelvan\tپلوان\t36.1\t-40.1\tP\tPPL\tXV\t\t01\t0101\t\t\t120\t\t\t\t\n"


def digest(chronicle, *command):
    return json.loads(chronicle.run(*command, "--json"))["index_digest"]


class Gazetteer(unittest.TestCase):
    def test_places_of_a_name_are_shown(self):
        chronicle = Chronicle(self, "--unprotected")
        self.assertRegex(chronicle.run("gazetteer"), r"^\d+ places; \d+ bytes compiled, digest [0-9a-f]{16}\n$")
        self.assertIn("Morvand", chronicle.run("gazetteer", "مروند", "--gazetteer", DUMP))
        self.assertIn("no place is named Nowhere", chronicle.run("gazetteer", "Nowhere", status=1))
        chronicle.run("gazetteer", "Morvand", "--check", DUMP, status=2)

    def test_mistakes_are_named_by_line(self):
        chronicle = Chronicle(self, "--unprotected")
        self.assertEqual(chronicle.run("gazetteer", "--check", DUMP), "no mistakes\n")
        bad = chronicle.file("bad.tsv", VILLAGE + "x\ty\n" + VILLAGE.replace("36.1", "136.1").replace("001\t", "002\t", 1))
        found = chronicle.run("gazetteer", "--check", bad, status=1)
        self.assertIn("bad.tsv:2: it has 2 columns, not 19", found)
        self.assertIn("bad.tsv:3: ", found)
        self.assertIn("2 mistakes", found)

    def test_compiled_it_is_the_same_gazetteer(self):
        chronicle = told(self, ENGLISH)
        own = os.path.join(chronicle.root, "own.places")
        chronicle.run("gazetteer", "--gazetteer", DUMP, "--compile", own)
        again = os.path.join(chronicle.root, "again.places")
        chronicle.run("gazetteer", "--gazetteer", DUMP, "--compile", again)
        with open(own, "rb") as one, open(again, "rb") as other:
            self.assertEqual(one.read(), other.read())
        self.assertEqual(chronicle.run("gazetteer", "--gazetteer", own), chronicle.run("gazetteer", "--gazetteer", DUMP))
        before = digest(chronicle, "derive", chronicle.path)
        self.assertEqual(digest(chronicle, "derive", chronicle.path, "--gazetteer", own), before)
        self.assertEqual(digest(chronicle, "rebuild", chronicle.path), before)
        chronicle.run("gazetteer", "--gazetteer", own, "--compile", own, status=3)
        self.assertIn("compiled and stands alone", chronicle.call("code", "--gazetteer", own, "--gazetteer", DUMP).stderr)

    def test_a_damaged_compiled_file_is_refused(self):
        chronicle = told(self, ENGLISH)
        own = os.path.join(chronicle.root, "own.places")
        chronicle.run("gazetteer", "--gazetteer", DUMP, "--compile", own)
        with open(own, "r+b") as file:
            file.seek(200)
            file.write(b"\xff\xff")
        self.assertIn("its digest is not of its bytes", chronicle.run("gazetteer", "--check", own, status=1))
        before = os.listdir(chronicle.path)
        chronicle.run("derive", chronicle.path, "--gazetteer", own, status=3)
        self.assertEqual(sorted(os.listdir(chronicle.path)), sorted(before))

    def test_a_chronicle_takes_villages_beside_the_places_it_had_and_goes_back(self):
        chronicle = told(self, "Security forces killed three people in the village of Pelvan on 4 May 2031, doctors in Velmar said.")
        self.assertNotIn("9910001", json.dumps(claim_of(chronicle, "killing")))
        before = digest(chronicle, "derive", chronicle.path)
        villages = chronicle.file("villages.tsv", VILLAGE)
        chronicle.run("derive", chronicle.path, "--gazetteer", DUMP, "--gazetteer", villages)
        self.assertIn("9910001", [place["id"] for place in claim_of(chronicle, "killing")["places"]])
        os.remove(villages)
        after = digest(chronicle, "rebuild", chronicle.path)
        self.assertNotEqual(after, before)
        backup, restored = os.path.join(chronicle.root, "backup"), os.path.join(chronicle.root, "restored")
        chronicle.run("backup", chronicle.path, backup)
        chronicle.run("restore", backup, restored)
        self.assertEqual(digest(chronicle, "rebuild", restored), after)
        self.assertEqual(digest(chronicle, "derive", chronicle.path, "--gazetteer", DUMP), before)
        self.assertEqual(len([name for name in os.listdir(chronicle.path) if name.startswith("gazetteer-")]), 1)

    def test_the_built_in_one_may_stand_beside_a_desks_own(self):
        chronicle = told(self, "Security forces killed three people in the village of Pelvan on 4 May 2031, doctors in Velmar said.")
        villages = chronicle.file("villages.tsv", VILLAGE)
        chronicle.run("derive", chronicle.path, "--gazetteer", "built-in", "--gazetteer", villages)
        self.assertIn("9910001", [place["id"] for place in claim_of(chronicle, "killing")["places"]])
        chronicle.run("derive", chronicle.path, "--gazetteer", "built-in")
        self.assertNotIn("9910001", json.dumps(claim_of(chronicle, "killing")))

    def test_the_dumps_that_are_built_in_can_be_edited_and_compiled(self):
        chronicle = Chronicle(self, "--unprotected")
        out = os.path.join(chronicle.root, "dumps")
        chronicle.run("gazetteer", "--out", out)
        names = [part for name in ("written.tsv", "places.tsv", "osm.tsv") for part in ("--gazetteer", os.path.join(out, name))]
        self.assertEqual(chronicle.run("gazetteer", *names), chronicle.run("gazetteer"))
        chronicle.run("gazetteer", "--out", out, status=3)


if __name__ == "__main__":
    unittest.main()
