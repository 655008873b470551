#!/usr/bin/env python3
"""The command line as a person meets it: every command on small inputs, exit statuses, and what must repeat.

Reads the program's path from $GAVAH. Each test's name is a claim.
"""
import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

GAVAH = os.environ["GAVAH"]
CASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "case")

PAGE = """<html><head><title>Shots in Morvand</title>
<meta property="article:published_time" content="2031-05-05T08:00:00Z"></head><body><article><h1>Shots in Morvand</h1>
<p>Security forces killed three people in Morvand on 4 May 2031, witnesses said.</p>
<p>Police arrested 12 people in Velmar on 4 May 2031.</p></article></body></html>"""


class Chronicle:
    """A chronicle in a directory of its own, removed afterwards."""

    def __init__(self, test, *init):
        self.root = tempfile.mkdtemp(prefix="gavah-cli-")
        test.addCleanup(shutil.rmtree, self.root, True)
        self.path = os.path.join(self.root, "chronicle")
        self.environment = dict(os.environ, XDG_STATE_HOME=os.path.join(self.root, "state"))
        self.test = test
        if init:
            self.run("init", self.path, *init)

    def call(self, *words, stdin=None):
        return subprocess.run([GAVAH, *words], input=stdin, capture_output=True, text=True, env=self.environment, check=False)

    def run(self, *words, status=0, stdin=None):
        done = self.call(*words, stdin=stdin)
        self.test.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def file(self, name, content):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(content.encode() if isinstance(content, str) else content)
        return path

    def lines(self, kind):
        return [json.loads(line) for line in self.run("list", self.path, kind, "--json").splitlines()]


def small(test):
    chronicle = Chronicle(test, "--unprotected", "--gazetteer", os.path.join(CASE, "gazetteer.tsv"))
    page = chronicle.file("in/page.html", PAGE)
    about = chronicle.file("about.json", json.dumps({"source": "gazette.example", "captured": "2031-05-06T00:00:00Z"}))
    chronicle.run("add", chronicle.path, page, "--about", about)
    chronicle.run("derive", chronicle.path)
    return chronicle


class CommandLine(unittest.TestCase):
    def test_every_command_has_help_with_an_example(self):
        chronicle = Chronicle(self)
        names = [line.split()[0] for line in chronicle.run("--help").split("Subcommands:")[1].splitlines() if line.startswith("  ") and line.split()]
        self.assertGreaterEqual(len(names), 15)
        for name in names:
            if name.startswith("gavah") or not name[0].islower():
                continue
            self.assertIn("Example: gavah", chronicle.run(name, "--help"), name)

    def test_bad_usage_ends_with_status_2(self):
        chronicle = Chronicle(self)
        for words in (["nonsense"], ["list"], ["add"], ["derive", "x", "--no-such-flag"]):
            chronicle.run(*words, status=2)

    def test_a_missing_chronicle_ends_with_status_3_and_a_sentence(self):
        chronicle = Chronicle(self)
        done = chronicle.call("status", os.path.join(chronicle.root, "none"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("gavah:", done.stderr)

    def test_init_refuses_to_write_over_a_chronicle(self):
        chronicle = Chronicle(self, "--unprotected")
        chronicle.run("init", chronicle.path, "--unprotected", status=3)

    def test_an_unprotected_chronicle_is_said_to_be_so_on_every_command(self):
        chronicle = Chronicle(self, "--unprotected")
        self.assertIn("no passphrase", chronicle.call("status", chronicle.path).stderr)

    def test_a_protected_chronicle_opens_with_its_passphrase_only(self):
        chronicle = Chronicle(self)
        chronicle.environment["GAVAH_PASSPHRASE_FILE"] = chronicle.file("right", "correct horse\n")
        chronicle.run("init", chronicle.path)
        chronicle.run("status", chronicle.path)
        chronicle.environment["GAVAH_PASSPHRASE_FILE"] = chronicle.file("wrong", "incorrect horse\n")
        self.assertNotEqual(chronicle.call("status", chronicle.path).returncode, 0)


class Preview(unittest.TestCase):
    TABLE = "Tag;Was;Link;Killed\n13/04/2031;Dockers of the port left their work for a day;https://g.example/1;2\n"

    def test_a_table_is_described_drafted_and_read_by_the_draft(self):
        chronicle = Chronicle(self)
        table = chronicle.file("list.csv", self.TABLE)
        draft = table + ".mapping.json"
        told = chronicle.run("add", "--preview", table, "--draft", draft, status=3)
        self.assertIn("would go to quarantine: a table none of whose columns is obviously the text", told)
        self.assertIn("prove the order dd/mm/yyyy", told)
        with open(draft, encoding="utf-8") as file:
            mapping = json.load(file)
        self.assertEqual(mapping["columns"], {"date": "Tag", "text": "Was", "url": "Link"})
        self.assertEqual((mapping["counts"], mapping["date_format"]), ({"killed": "Killed"}, "dd/mm/yyyy"))
        told = chronicle.run("add", "--preview", table, "--sidecars")
        self.assertIn("read as csv: 1 parts", told)
        self.assertIn("2 killed", told)
        self.assertEqual(sorted(os.listdir(chronicle.root)), ["list.csv", "list.csv.mapping.json"])
        chronicle.run("add", "--preview", table, "--draft", draft, status=3)

    def test_any_other_file_is_described(self):
        chronicle = Chronicle(self)
        told = json.loads(chronicle.run("add", "--preview", chronicle.file("page.html", PAGE), "--json"))
        self.assertEqual((told["parts"], told["draft"], len(told["reports"])), ({"html": 1}, None, 1))

    def test_a_preview_and_a_chronicle_together_are_bad_usage(self):
        chronicle = Chronicle(self)
        chronicle.run("add", chronicle.path, "--preview", chronicle.file("page.html", PAGE), status=2)
        chronicle.run("add", chronicle.path, status=2)


class Spine(unittest.TestCase):
    def test_a_page_becomes_claims_whose_slots_stand_in_their_spans(self):
        chronicle = small(self)
        report = chronicle.lines("reports")[0]
        text = report["text"].encode()
        claims = chronicle.lines("claims")
        self.assertIn("killing", {claim["act"] for claim in claims})
        killing = next(claim for claim in claims if claim["act"] == "killing")
        count = next(count for count in killing["counts"] if count["kind"] == "killed")
        self.assertEqual((count["low"], count["high"]), (3, 3))
        begin, end = count["span"]
        self.assertIn("three", text[begin:end].decode())
        self.assertEqual(killing["time"]["start"], "2031-05-04")

    def test_the_same_bytes_twice_are_two_captures_that_know_of_each_other(self):
        chronicle = small(self)
        chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "in", "page.html"))
        first, second = chronicle.lines("captures")
        self.assertEqual(second["same_bytes"], [first["id"]])
        self.assertNotEqual(first["id"], second["id"])

    def test_what_cannot_be_read_is_quarantined_with_its_reason_and_stops_nothing(self):
        chronicle = Chronicle(self, "--unprotected")
        chronicle.file("in/a.bin", os.urandom(512) + b"\x00\x01")
        chronicle.file("in/b.html", PAGE)
        out = json.loads(chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "in"), "--json"))
        self.assertEqual(out["captures"], 1)
        self.assertEqual(len(out["quarantined"]), 1)
        self.assertTrue(chronicle.lines("quarantine")[0]["reason"])

    def test_rebuild_and_any_number_of_threads_give_an_identical_index(self):
        chronicle = small(self)
        digests = {json.loads(chronicle.run("rebuild", chronicle.path, "--threads", threads, "--json"))["index_digest"] for threads in "124"}
        self.assertEqual(len(digests), 1)

    def test_deriving_piece_by_piece_gives_the_same_index_as_at_once(self):
        chronicle = small(self)
        chronicle.file("in2/other.html", PAGE.replace("three", "four").replace("Shots", "More shots"))
        chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "in2"))
        by_piece = json.loads(chronicle.run("derive", chronicle.path, "--json"))["index_digest"]
        at_once = json.loads(chronicle.run("rebuild", chronicle.path, "--json"))["index_digest"]
        self.assertEqual(by_piece, at_once)

    def test_show_walks_an_event_down_to_bytes(self):
        chronicle = small(self)
        text = chronicle.run("show", chronicle.path, chronicle.lines("events")[0]["id"])
        for word in ("passage", "chain", "SHA-256", "[ok"):
            self.assertIn(word, text)
        self.assertNotIn("FAILS", text)

    def test_how_an_item_was_collected_is_shown_and_sealed_and_never_published(self):
        chronicle = Chronicle(self, "--unprotected", "--gazetteer", os.path.join(CASE, "gazetteer.tsv"))
        page = chronicle.file("in/page.html", PAGE)
        collection = {
            "requested_url": "https://short.example/9", "final_url": "https://gazette.example/shots",
            "redirects": ["https://short.example/9?r=1"], "platform_id": "item-77031", "collector_address": "192.0.2.77",
            "collector_identity": "persona four", "clock": "NTP, time.example, offset 12 ms", "tool": "collector 1.2",
            "viewport": "1280x720 at 2", "hash_algorithm": "SHA-256", "hash": hashlib.sha256(PAGE.encode()).hexdigest(),
            "hashed": "2031-05-06T00:00:01Z"}
        about = chronicle.file("about.json", json.dumps(
            {"source": "gazette.example", "captured": "2031-05-06T00:00:00Z", "collector": "desk 2", "collection": collection}))
        chronicle.run("add", chronicle.path, page, "--about", about)
        chronicle.run("derive", chronicle.path)
        capture = chronicle.lines("captures")[0]
        self.assertEqual(capture["about"]["collection"], collection)
        text = chronicle.run("show", chronicle.path, capture["id"])
        for label, value in (("requested", collection["requested_url"]), ("redirect", collection["redirects"][0]),
                             ("final", collection["final_url"]), ("platform id", "item-77031"), ("captured", "2031-05-06T00:00:00Z"),
                             ("collector", "desk 2"), ("machine", "192.0.2.77"), ("identity", "persona four"),
                             ("clock", collection["clock"]), ("tool", "collector 1.2"), ("viewport", "1280x720 at 2")):
            self.assertRegex(text, "(?m)^%s +%s$" % (label, re.escape(value)))
        self.assertRegex(text, "(?m)^hash +SHA-256 %s" % collection["hash"])
        self.assertRegex(text, "(?m)^their hash +SHA-256 %s, made 2031-05-06T00:00:01Z \\[these bytes\\]$" % collection["hash"])
        chronicle.run("verify", chronicle.path)
        edition = os.path.join(chronicle.root, "edition")
        chronicle.run("publish", chronicle.path, "--out", edition)
        for folder, _, names in os.walk(edition):
            for name in names:
                with open(os.path.join(folder, name), "rb") as source:
                    data = source.read()
                for secret in ("192.0.2.77", "persona four", "item-77031", "desk 2", "time.example"):
                    self.assertNotIn(secret.encode(), data, name)
        about = chronicle.file("bad.json", json.dumps({"collection": {"colector_address": "192.0.2.77"}}))
        chronicle.run("add", chronicle.path, page, "--about", about, status=3)

    def test_a_pdf_is_read_in_its_worker(self):
        chronicle = Chronicle(self, "--unprotected")
        content = b"BT /F1 12 Tf 20 150 Td (Three workers were arrested in Karvand on 4 May 2031.) Tj ET"
        chronicle.file("in/a.pdf", b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n"
                       b"endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\n"
                       b"endobj\n4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"
                       b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n" % (len(content), content))
        chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "in"))
        chronicle.run("derive", chronicle.path)
        report = chronicle.lines("reports")[0]
        self.assertEqual(report["text"], "Three workers were arrested in Karvand on 4 May 2031.")
        self.assertIsNone(report["hollow"])
        self.assertIn("arrest", " ".join(claim["act"] for claim in chronicle.lines("claims")))

    def test_an_archive_whose_documents_lie_elsewhere_says_so_when_added(self):
        chronicle = Chronicle(self, "--unprotected")
        chronicle.file("in/crawl.warc", b"WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
                       b"WARC-Date: 2031-05-06T00:00:00Z\r\nWARC-Target-URI: https://gazette.example/1\r\n"
                       b"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
                       b"WARC-Refers-To-Target-URI: https://gazette.example/1\r\nWARC-Refers-To-Date: 2031-05-01T00:00:00Z\r\n"
                       b"WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
        done = chronicle.call("add", chronicle.path, os.path.join(chronicle.root, "in"))
        self.assertIn("incomplete: 1 of 1 documents are revisits", done.stderr)

    def test_a_revisit_is_led_to_the_bytes_of_the_capture_that_holds_them(self):
        page = PAGE.encode()
        digest = b"sha1:" + base64.b32encode(hashlib.sha1(page).digest())
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page

        def record(kind, url, date, block, fields=b""):
            return (b"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Date: %s\r\nWARC-Target-URI: %s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n"
                    % (kind, date, url, fields, len(block), block))
        first = record(b"response", b"https://gazette.example/1", b"2031-05-05T00:00:00Z", response,
                       b"Content-Type: application/http\r\nWARC-Payload-Digest: " + digest + b"\r\n")
        by_digest = record(b"revisit", b"https://gazette.example/copy", b"2031-05-06T00:00:00Z", b"", b"WARC-Payload-Digest: " + digest + b"\r\n")
        visit = b"WARC-Refers-To-Target-URI: https://gazette.example/1\r\nWARC-Refers-To-Date: 2031-05-05T00:00:00Z\r\n"
        by_date = record(b"revisit", b"https://gazette.example/1", b"2031-05-07T00:00:00Z", b"", visit)
        false = record(b"revisit", b"https://gazette.example/1", b"2031-05-08T00:00:00Z", b"", visit + b"WARC-Payload-Digest: sha1:" + b"A" * 32 + b"\r\n")
        chronicle = Chronicle(self, "--unprotected")
        chronicle.file("in/2.warc", by_digest + by_date + false)
        chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "in"))
        chronicle.run("derive", chronicle.path)
        asked = sorted(chronicle.lines("reports"), key=lambda report: report["captured"])
        self.assertEqual([report["hollow"] for report in asked], ["as it was before"] * 3)
        self.assertIn("in no capture of this chronicle", chronicle.run("show", chronicle.path, asked[0]["id"]))

        chronicle.file("later/1.warc", first)
        chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "later"))
        chronicle.run("derive", chronicle.path)
        original = next(report for report in chronicle.lines("reports") if not report["hollow"])
        self.assertEqual({claim["report"] for claim in chronicle.lines("claims")}, {original["id"]})
        shown = [chronicle.run("show", chronicle.path, report["id"]) for report in asked]
        self.assertIn("known by its payload digest sha1:" + hashlib.sha1(page).hexdigest(), shown[0])
        self.assertIn("known by its address and date", shown[1])
        for text in shown[:2]:
            theirs = text.split("original    ")[1]
            self.assertIn("SHA-256 %s [ok]" % hashlib.sha256(page).hexdigest(), theirs)
            self.assertIn("of capture " + original["capture"], theirs)
            self.assertIn("report      " + original["id"], theirs)
        self.assertIn("in no capture of this chronicle", shown[2], "the digest of the record is another")

    def test_a_chronicle_whose_object_changed_fails_its_audit(self):
        chronicle = small(self)
        chronicle.run("verify", chronicle.path)
        for folder, _, names in os.walk(os.path.join(chronicle.path, "objects")):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as source:
                    data = bytearray(source.read())
                data[len(data) // 2] ^= 1
                os.chmod(path, 0o600)
                with open(path, "wb") as out:
                    out.write(data)
        self.assertIn("fault", chronicle.run("verify", chronicle.path, status=1))


class Decisions(unittest.TestCase):
    def claim(self, chronicle, act):
        return next(claim for claim in chronicle.lines("claims") if claim["act"] == act)

    def test_a_rejected_claim_leaves_its_event(self):
        chronicle = small(self)
        before = len(chronicle.lines("events"))
        chronicle.run("decide", chronicle.path, "reject", self.claim(chronicle, "killing")["id"], "--slot", "killing", "--reason", "a rumour")
        chronicle.run("derive", chronicle.path)
        self.assertEqual(len(chronicle.lines("events")), before - 1)

    def test_a_decision_without_reason_is_bad_usage(self):
        chronicle = small(self)
        chronicle.run("decide", chronicle.path, "reject", self.claim(chronicle, "killing")["id"], status=2)

    def test_verify_names_its_method_and_makes_the_event_verified(self):
        chronicle = small(self)
        chronicle.run("decide", chronicle.path, "verify", self.claim(chronicle, "killing")["id"], "--value", "two phone calls", "--reason", "checked")
        chronicle.run("derive", chronicle.path)
        events = {event["act"]: event["status"] for event in chronicle.lines("events")}
        self.assertEqual(events["killing"], "verified")

    def test_a_claim_coded_by_hand_survives_a_rebuild(self):
        chronicle = small(self)
        report = chronicle.lines("reports")[0]
        chronicle.run("decide", chronicle.path, "code", report["id"], "--reason", "the photo shows it",
                      "--value", json.dumps({"act": "blockade", "time": {"start": "2031-05-04", "end": "2031-05-05", "precision": "T1"}}))
        chronicle.run("derive", chronicle.path)
        chronicle.run("rebuild", chronicle.path)
        claim = self.claim(chronicle, "blockade")
        self.assertEqual(claim["coded_by"], "person")

    def test_a_corrected_count_overrides_the_derived_one(self):
        chronicle = small(self)
        chronicle.run("decide", chronicle.path, "correct", self.claim(chronicle, "killing")["id"], "--slot", "count:killed", "--value", "2", "--reason", "one survived")
        chronicle.run("derive", chronicle.path)
        event = next(event for event in chronicle.lines("events") if event["act"] == "killing")
        chosen = next(count for count in event["counts"] if count["kind"] == "killed" and count["lineage"] is None)
        self.assertEqual((chosen["low"], chosen["high"]), (2, 2))


    def test_an_orphan_blocks_publishing_until_it_is_revoked(self):
        chronicle = small(self)
        claim = self.claim(chronicle, "killing")
        chronicle.run("decide", chronicle.path, "correct", claim["id"], "--slot", "count:killed", "--value", "2", "--reason", "one survived")
        chronicle.run("decide", chronicle.path, "reject", claim["id"], "--slot", "killing", "--reason", "a rumour")
        chronicle.run("derive", chronicle.path)
        chronicle.run("decide", chronicle.path, "verify", json.dumps({"capture": claim["anchor"]["capture"], "part": 0, "bytes": [0, 5]}),
                      "--value", "seen", "--reason", "of words that say nothing")
        chronicle.run("derive", chronicle.path)
        orphans = json.loads(chronicle.run("status", chronicle.path, "--json"))["orphans"]
        self.assertEqual(len(orphans), 1)
        done = chronicle.call("publish", chronicle.path, "--out", os.path.join(chronicle.root, "edition"))
        self.assertEqual(done.returncode, 3)
        decision = orphans[0].split()[1].rstrip(":")
        self.assertIn("revoke " + decision, done.stderr)
        chronicle.run("decide", chronicle.path, "revoke", decision, "--reason", "its words were never there")
        chronicle.run("decide", chronicle.path, "revoke", decision, "--reason", "again", status=3)
        chronicle.run("derive", chronicle.path)
        chronicle.run("publish", chronicle.path, "--out", os.path.join(chronicle.root, "edition"))

    def test_a_revoked_rejection_brings_its_event_back(self):
        chronicle = small(self)
        before = len(chronicle.lines("events"))
        done = json.loads(chronicle.run("decide", chronicle.path, "reject", self.claim(chronicle, "killing")["id"], "--slot", "killing", "--reason", "a rumour", "--json"))
        chronicle.run("derive", chronicle.path)
        chronicle.run("decide", chronicle.path, "revoke", done["id"], "--reason", "it was no rumour")
        incremental = json.loads(chronicle.run("derive", chronicle.path, "--json"))["index_digest"]
        self.assertEqual(len(chronicle.lines("events")), before)
        self.assertEqual(json.loads(chronicle.run("rebuild", chronicle.path, "--json"))["index_digest"], incremental)


class Editions(unittest.TestCase):
    def publish(self, chronicle, name="edition"):
        out = os.path.join(chronicle.root, name)
        chronicle.run("publish", chronicle.path, "--out", out)
        return out, chronicle.file(name + ".pin", chronicle.run("pin", chronicle.path))

    def test_an_edition_verifies_with_a_pin_and_says_that_it_is_unwitnessed(self):
        chronicle = small(self)
        edition, pin = self.publish(chronicle)
        text = chronicle.run("verify", edition, "--pin", pin, "--allow-unwitnessed")
        self.assertIn("unwitnessed", text)
        chronicle.run("verify", edition, "--pin", pin, status=1)

    def test_an_edition_carries_its_verifier(self):
        packages = os.path.join(os.path.dirname(__file__), "..", "..", "web", "node_modules", "esbuild")
        if not os.path.isdir(packages):
            self.skipTest("built without npm: editions carry no verify.html")
        edition, _ = self.publish(small(self))
        with open(os.path.join(edition, "verify.html"), encoding="utf-8") as page:
            self.assertIn("default-src 'none'", page.read())

    def test_an_edition_does_not_verify_with_the_pin_of_another_chronicle(self):
        chronicle = small(self)
        edition, _ = self.publish(chronicle)
        stranger = small(self)
        pin = stranger.file("pin", stranger.run("pin", stranger.path))
        chronicle.run("verify", edition, "--pin", pin, "--allow-unwitnessed", status=1)

    def test_a_changed_byte_is_named(self):
        chronicle = small(self)
        edition, pin = self.publish(chronicle)
        path = os.path.join(edition, "records.jsonl")
        with open(path, "rb") as source:
            data = bytearray(source.read())
        data[10] ^= 1
        with open(path, "wb") as out:
            out.write(data)
        self.assertIn("records.jsonl", chronicle.run("verify", edition, "--pin", pin, "--allow-unwitnessed", status=1))

    def test_a_second_edition_explains_its_changes_and_verifies_against_the_first(self):
        chronicle = small(self)
        first, pin = self.publish(chronicle)
        chronicle.file("in2/other.html", PAGE.replace("4 May", "9 May").replace("Shots", "Again shots"))
        chronicle.run("add", chronicle.path, os.path.join(chronicle.root, "in2"))
        chronicle.run("publish", chronicle.path, "--out", os.path.join(chronicle.root, "early"), status=3)
        chronicle.run("derive", chronicle.path)
        second, _ = self.publish(chronicle, "second")
        chronicle.run("verify", second, "--pin", pin, "--previous", first, "--allow-unwitnessed")

    def test_a_dry_run_shows_what_would_be_opened_and_seals_nothing(self):
        chronicle = small(self)
        size = json.loads(chronicle.run("status", chronicle.path, "--json"))["log_size"]
        policy = chronicle.file("policy.json", json.dumps({"levels": {"place": "province", "time": "month"}}))
        shown = json.loads(chronicle.run("publish", chronicle.path, "--dry-run", "--policy", policy, "--json"))
        slots = {slot["path"]: slot for slot in shown["events"]}
        self.assertGreater(slots["place/province"]["opened"], 0)
        self.assertEqual(slots["time/day"]["opened"], 0)
        self.assertGreater(slots["time/day"]["known"], 0)
        self.assertIn("withheld (2031-05-04)", chronicle.run("publish", chronicle.path, "--dry-run", "--policy", policy))
        self.assertEqual(json.loads(chronicle.run("status", chronicle.path, "--json"))["log_size"], size)
        wrong = chronicle.file("wrong.json", json.dumps({"levels": {"place": "provinse"}}))
        done = chronicle.call("publish", chronicle.path, "--dry-run", "--policy", wrong)
        self.assertEqual(done.returncode, 3)
        self.assertIn("did you mean 'province'?", done.stderr)

    def test_rules_of_a_folder_are_adopted_and_their_mistakes_explained(self):
        chronicle = small(self)
        chronicle.file("rules/dead.json", json.dumps({"name": "dead-in-may", "sum": "killed", "window": "2031-05", "where": {"act/name": "killing"}}))
        rules = os.path.join(chronicle.root, "rules")
        out = os.path.join(chronicle.root, "edition")
        chronicle.run("publish", chronicle.path, "--out", out, "--rules", rules)
        with open(os.path.join(out, "totals.json"), "rb") as source:
            totals = {total["rule"]: total["all"] for total in json.load(source)["totals"]}
        self.assertEqual((totals["dead-in-may"]["low"], totals["dead-in-may"]["high"]), (3, 3))
        chronicle.file("rules/dead.json", json.dumps({"name": "dead-in-may", "where": {"act/name": "kiling"}}))
        done = chronicle.call("publish", chronicle.path, "--dry-run", "--rules", rules)
        self.assertIn("did you mean 'killing'?", done.stderr)

    def test_a_record_and_a_total_are_handed_over_alone(self):
        chronicle = small(self)
        edition, pin = self.publish(chronicle)
        with open(os.path.join(edition, "records.jsonl"), "rb") as source:
            entry = next(record["entry"] for record in map(json.loads, source) if record["type"] == "event")
        for name, words in (("entry", ("--entry", str(entry))), ("total", ("--total", "killed-in-events"))):
            out = os.path.join(chronicle.root, name + ".excerpt")
            chronicle.run("excerpt", edition, *words, "--out", out)
            self.assertIn("takes", chronicle.run("verify", out, "--pin", pin, "--allow-unwitnessed"))
            with open(out, "r+b") as file:
                file.seek(os.path.getsize(out) // 2)
                byte = file.read(1)
                file.seek(-1, 1)
                file.write(bytes([byte[0] ^ 1]))
            chronicle.run("verify", out, "--pin", pin, "--allow-unwitnessed", status=1)
        chronicle.run("excerpt", edition, "--out", os.path.join(chronicle.root, "x"), status=2)

    def test_the_default_policy_opens_no_name_of_a_source(self):
        chronicle = small(self)
        edition, _ = self.publish(chronicle)
        for folder, _, names in os.walk(edition):
            for name in names:
                with open(os.path.join(folder, name), "rb") as source:
                    self.assertNotIn(b"gazette.example", source.read(), name)


class Exports(unittest.TestCase):
    def test_csv_has_a_row_an_event_and_geojson_a_feature(self):
        chronicle = small(self)
        events = chronicle.lines("events")
        rows = list(csv.DictReader(io.StringIO(chronicle.run("export", chronicle.path, "--format", "csv"))))
        self.assertEqual({row["event_id"] for row in rows}, {event["id"] for event in events})
        features = json.loads(chronicle.run("export", chronicle.path, "--format", "geojson"))["features"]
        self.assertEqual(len(features), len(events))


class Filters(unittest.TestCase):
    def test_the_filters_compose_to_events_and_pass_on_what_they_do_not_know(self):
        chronicle = Chronicle(self)
        page = chronicle.file("page.html", PAGE)
        gazetteer = os.path.join(CASE, "gazetteer.tsv")
        reports = chronicle.run("extract", page)
        self.assertEqual(json.loads(reports.splitlines()[0])["path"], page)
        odd = '{"type":"weather","value":1}\n'
        coded = chronicle.run("code", "--gazetteer", gazetteer, stdin=odd + reports)
        linked = chronicle.run("link", stdin=coded).splitlines()
        self.assertEqual(linked[0] + "\n", odd)
        kinds = [json.loads(line)["type"] for line in linked]
        for kind in ("report", "claim", "lineage", "event"):
            self.assertIn(kind, kinds)

    def test_a_line_that_is_no_json_ends_with_status_3_and_its_number(self):
        done = Chronicle(self).call("code", stdin='{"type":"x"}\n{oops\n')
        self.assertEqual(done.returncode, 3)
        self.assertIn("line 2", done.stderr)


class Output(unittest.TestCase):
    def test_an_answer_that_nobody_reads_is_no_answer(self):
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "wb") as gone:
            done = subprocess.run([GAVAH, "codebook", "fa"], stdout=gone, stderr=subprocess.PIPE, check=False)
        self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, b""))

    def test_a_full_disk_under_the_answer_is_told(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([GAVAH, "codebook", "fa"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"the answer could not be written: No space left on device", done.stderr)


if __name__ == "__main__":
    unittest.main()
