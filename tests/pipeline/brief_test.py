#!/usr/bin/env python3
"""The essay that this project starts from, end to end: what a careful reader would accept, and nothing beyond its words.

    brief_test.py --gavah build/release/gavah

Reads article.txt of the folder brief in GAVAH_SHARED_DATA or ../shared/data; without it, says so and is skipped (77).
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
SKIPPED = 77
# Who feeds whom, as a desk would register it.
REGISTRY = """id,name,kind,family,lang,reason
Mojahedineng,,account,units,en,the account of the organisation that the units belong to
essay.example,The essay,opinion page,units,en,it speaks for the units
DavidAltonHL,,account,,en,
"""


def article():
    data = pathlib.Path(os.environ.get("GAVAH_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
    return data / "brief" / "article.txt"


class Brief(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        cls.chronicle = str(root / "chronicle")
        cls.edition = str(root / "edition")
        (root / "registry.csv").write_text(REGISTRY, encoding="utf-8")
        (root / "about.json").write_text(json.dumps({"source": "essay.example"}), encoding="utf-8")
        cls.gavah("init", cls.chronicle, "--unprotected")
        cls.gavah("source", cls.chronicle, "import", str(root / "registry.csv"))
        cls.gavah("add", cls.chronicle, str(article()), "--about", str(root / "about.json"))
        cls.gavah("derive", cls.chronicle)
        items = {kind: cls.items(kind) for kind in ("reports", "claims", "events", "lineages")}
        cls.reports, cls.claims, cls.events, cls.lineages = items.values()
        cls.article = next(report for report in cls.reports if report["kind"] == "article")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def gavah(cls, *arguments):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise AssertionError(f"gavah {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    @classmethod
    def items(cls, kind):
        return [json.loads(line) for line in cls.gavah("list", cls.chronicle, kind, "--json").splitlines() if line]

    def gatherings(self, polarity):
        return [c for c in self.claims if c["act"] == "gathering" and c["polarity"] == polarity]

    def test_article_and_three_posts_with_their_accounts_and_days(self):
        posts = sorted((r["published"]["start"], r["source"]) for r in self.reports if r["kind"] == "post")
        self.assertEqual(posts, [("2023-09-21", "Mojahedineng"), ("2024-06-25", "DavidAltonHL"),
                                 ("2025-01-20", "Mojahedineng")])
        self.assertEqual(len(self.reports), 4)

    def test_article_is_published_between_its_newest_post_and_its_capture(self):
        published = self.article["published"]
        captured = self.items("captures")[0]["added"]
        self.assertEqual(published["start"], "2025-01-20")
        self.assertEqual(published["end"][:16], captured[:16])

    def test_protests_of_2017_2019_and_2022_are_umbrellas_in_iran(self):
        years = {(c["time"]["start"], c["time"]["end"]) for c in self.gatherings("asserted")
                 if c["umbrella"] and c["places"] and c["places"][0]["id"] == "IR"}
        self.assertEqual(years, {("2017-01-01", "2018-01-01"), ("2019-01-01", "2020-01-01"),
                                 ("2022-01-01", "2023-01-01")})

    def test_november_2019_has_dead_of_unknown_number(self):
        killing = next(c for c in self.claims if c["act"] == "killing")
        self.assertEqual((killing["time"]["start"], killing["time"]["end"]), ("2019-11-01", "2019-12-01"))
        self.assertEqual([(c["low"], c["high"]) for c in killing["counts"]], [(None, None)])

    def test_thousands_of_the_past_year_are_an_interval_that_adds_to_no_total(self):
        claim = next(c for c in self.claims if any(n["kind"] == "acts" for n in c["counts"]))
        self.assertEqual([(n["low"], n["high"], n["scope"]) for n in claim["counts"]], [(1000, 9999, "since")])
        self.assertEqual((claim["time"]["start"], claim["time"]["end"][:10] > "2026"), ("2024-01-20", True))
        event = next(e for e in self.events if claim["id"] in e["claims"])
        self.assertEqual(event["extent"], "umbrella")

    def test_fantasy_and_myth_are_doubts_about_the_units(self):
        doubts = self.gatherings("doubted")
        self.assertEqual(sorted(self.words(c, c["trigger"]) for c in doubts), ["fantasy", "myth"])
        self.assertTrue(all("Resistance Units" in t["name"] for c in doubts for t in c["targets"]))
        speakers = [self.words(c, c["speaker"]["span"]) for c in doubts if c["speaker"]]
        self.assertEqual(len(speakers), 1)
        self.assertIn("reformists", speakers[0])

    def test_tehran_and_evin_are_places(self):
        phrases = {place["phrase"] for claim in self.claims for place in claim["places"]}
        self.assertLessEqual({"Tehran", "Evin prison"}, phrases)

    def test_article_and_both_posts_of_its_family_are_one_lineage(self):
        family = {r["id"] for r in self.reports if r["source"] in ("Mojahedineng", "essay.example")}
        self.assertEqual(len(family), 3)
        self.assertIn(family, [set(lineage["reports"]) for lineage in self.lineages])
        self.assertEqual(len(self.lineages), 2)
        self.assertTrue(all(event["lineages"] == 1 for event in self.events))

    def test_every_claim_rests_on_words_in_its_spans(self):
        for claim in self.claims:
            for slot in ("places", "actors", "targets", "counts"):
                for value in claim[slot]:
                    said = value.get("phrase", value.get("name", ""))
                    self.assertEqual(self.words(claim, value["span"]), said, claim["act"])
            time = claim["time"]
            if time["phrase"]:
                self.assertEqual(self.words(claim, time["span"]), time["phrase"])

    def test_edition_verifies_against_a_pin(self):
        pin = pathlib.Path(self.folder.name) / "pin.txt"
        pin.write_text(self.gavah("pin", self.chronicle), encoding="utf-8")
        self.gavah("publish", self.chronicle, "--out", self.edition)
        said = self.gavah("verify", self.edition, "--pin", str(pin), "--allow-unwitnessed")
        self.assertIn("unwitnessed", said)

    def words(self, claim, span):
        text = next(r["text"] for r in self.reports if r["id"] == claim["report"]).encode()
        return text[span[0]:span[1]].decode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--gavah", required=True)
    options, rest = parser.parse_known_args()
    PROGRAM = options.gavah
    if not article().exists():
        print(f"skipped: there is no {article().name} beside the project (GAVAH_SHARED_DATA names its folder)")
        sys.exit(SKIPPED)
    unittest.main(argv=[sys.argv[0], *rest])
