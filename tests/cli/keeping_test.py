#!/usr/bin/env python3
"""Keeping a chronicle, as a person meets it: backup, restore, shredding, passphrases, and who may write when.

Reads the program's path from $GAVAH. Each test's name is a claim. Nothing here needs the network.
"""
import json
import os
import shutil
import subprocess
import threading
import time
import unittest

from cli_test import CASE, GAVAH, PAGE, Chronicle, small

DONE, ANSWER_NO, BAD_USAGE, BAD_INPUT, ENVIRONMENT = 0, 1, 2, 3, 4


def protected(test, words="correct horse"):
    """A chronicle under a passphrase (Argon2id at its full cost), with one page."""
    chronicle = Chronicle(test)
    say(chronicle, words)
    chronicle.run("init", chronicle.path, "--gazetteer", os.path.join(CASE, "gazetteer.tsv"))
    chronicle.run("add", chronicle.path, chronicle.file("in/page.html", PAGE))
    return chronicle


def say(chronicle, words):
    chronicle.environment["GAVAH_PASSPHRASE_FILE"] = chronicle.file(f"words-{len(words)}", words + "\n")


class Passphrases(unittest.TestCase):
    def test_backup_restore_and_shred_need_the_passphrase_and_keep_it(self):
        chronicle = protected(self)
        backup = os.path.join(chronicle.root, "backup")
        restored = os.path.join(chronicle.root, "restored")
        say(chronicle, "wrong")
        for words in (("backup", chronicle.path, backup), ("restore", chronicle.path, restored),
                      ("shred", chronicle.path, "00" * 16, "--reason", "asked for")):
            done = chronicle.call(*words)
            self.assertEqual(done.returncode, BAD_INPUT, words)
            self.assertIn("passphrase", done.stderr)
        self.assertFalse(os.path.exists(backup) or os.path.exists(restored), "nothing stays")
        say(chronicle, "correct horse")
        chronicle.run("backup", chronicle.path, backup)
        chronicle.run("restore", backup, restored)
        chronicle.run("verify", restored)
        say(chronicle, "wrong")
        self.assertNotEqual(chronicle.call("verify", restored).returncode, DONE)
        say(chronicle, "correct horse")
        capture = chronicle.lines("captures")[0]["id"]
        chronicle.run("shred", chronicle.path, capture, "--reason", "asked for", "--yes-destroy", capture, "--again", capture)
        self.assertEqual(chronicle.lines("captures"), [])
        chronicle.run("verify", chronicle.path)
        again = json.loads(chronicle.run("backup", chronicle.path, backup, "--json"))
        self.assertEqual(again["objects_removed"], 1, "a shred reaches the backup")
        chronicle.run("verify", backup)


    def test_the_passphrase_is_changed_and_the_old_one_opens_no_more(self):
        chronicle = protected(self)
        before = chronicle.run("pin", chronicle.path)
        say(chronicle, "wrong")
        chronicle.environment["GAVAH_NEW_PASSPHRASE_FILE"] = chronicle.file("new", "battery staple\n")
        refused = chronicle.call("rotate", chronicle.path, "--passphrase")
        self.assertEqual(refused.returncode, BAD_INPUT)
        say(chronicle, "correct horse")
        done = chronicle.call("rotate", chronicle.path, "--passphrase", "--json")
        self.assertEqual(done.returncode, DONE, done.stderr)
        self.assertEqual(json.loads(done.stdout), {"passphrase": "changed"})
        self.assertIn("copies made before still open with the old one", done.stderr)
        self.assertEqual(chronicle.call("verify", chronicle.path).returncode, BAD_INPUT)
        say(chronicle, "battery staple")
        chronicle.run("verify", chronicle.path)
        self.assertEqual(chronicle.run("pin", chronicle.path), before, "the keys are the same")
        empty = dict(chronicle.environment, GAVAH_NEW_PASSPHRASE_FILE=chronicle.file("empty", "\n"))
        chronicle.environment = empty
        self.assertEqual(chronicle.call("rotate", chronicle.path, "--passphrase").returncode, BAD_INPUT)
        chronicle.run("verify", chronicle.path)
        plain = small(self)
        self.assertIn("no passphrase to change", plain.call("rotate", plain.path, "--passphrase").stderr)


POSTS = ["Police arrested 12 people in Velmar on 4 May 2031, witnesses said.",
         "Security forces killed three people in Morvand on 4 May 2031, said Nadia Farzi, who saw it.",
         "Protesters marched in Velmar on 6 May 2031, according to three of them."]


def with_posts(test):
    """A chronicle with one file of three posts, published once. Gives it and the capture's id."""
    chronicle = Chronicle(test, "--unprotected", "--gazetteer", os.path.join(CASE, "gazetteer.tsv"))
    lines = [json.dumps({"id": str(i), "full_text": text, "created_at": f"Tue May 0{i + 6} 08:00:00 +0000 2031",
                         "user": {"screen_name": f"voice{i}"}}) for i, text in enumerate(POSTS)]
    chronicle.run("add", chronicle.path, chronicle.file("in/posts.jsonl", "\n".join(lines) + "\n"))
    chronicle.run("derive", chronicle.path)
    chronicle.policy = chronicle.file("policy.json", json.dumps({"base": "open"}))
    return chronicle, chronicle.lines("captures")[0]["id"]


class Shredding(unittest.TestCase):
    def publish(self, chronicle, number):
        edition = os.path.join(chronicle.root, f"edition-{number}")
        chronicle.run("publish", chronicle.path, "--out", edition, "--policy", chronicle.policy)
        pin = chronicle.file("pin", chronicle.run("pin", chronicle.path))
        previous = ("--previous", os.path.join(chronicle.root, f"edition-{number - 1}")) if number > 1 else ()
        chronicle.run("verify", edition, "--pin", pin, "--allow-unwitnessed", *previous)
        return edition

    @staticmethod
    def lines_of(edition, name):
        with open(os.path.join(edition, name), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_one_post_goes_and_the_others_stay_proven_by_the_same_leaf(self):
        chronicle, capture = with_posts(self)
        edition = self.publish(chronicle, 1)
        part = f"{capture}:1"
        leaf = chronicle.lines("captures")[0]["leaf"]
        before = {kind: {item["id"]: item for item in chronicle.lines(kind)} for kind in ("reports", "claims", "events")}
        self.assertEqual(len(before["reports"]), 3)
        gone = next(report["id"] for report in before["reports"].values() if report["part"] == 1)
        asked = chronicle.call("shred", chronicle.path, part, "--reason", "endangers her", "--yes-destroy", part)
        self.assertEqual(asked.returncode, BAD_USAGE)
        self.assertIn(f"this destroys part 1 of capture {capture}, 0 decisions that cite it and 1 entries", asked.stderr)
        self.assertIn("2 parts stay", asked.stderr)
        chronicle.run("show", chronicle.path, part)
        said = json.loads(chronicle.run("shred", chronicle.path, part, "--reason", "endangers her", "--yes-destroy", part,
                                        "--again", part, "--json"))
        self.assertEqual((said["destroyed"], said["staying"], said["entries"]), ([1], 2, 1))
        self.assertTrue(any(edition in place for place in said["not_reached"]))
        audit = json.loads(chronicle.run("verify", chronicle.path, "--json"))
        self.assertEqual((audit["reduced"], audit["shredded"], audit["faults"]), (1, 1, []))
        for command in ("derive", "rebuild"):
            chronicle.run(command, chronicle.path)
            after = {kind: {item["id"]: item for item in chronicle.lines(kind)} for kind in ("reports", "claims", "events")}
            self.assertEqual(set(before["reports"]) - set(after["reports"]), {gone})
            for kind, items in after.items():
                for name, item in items.items():
                    self.assertEqual(item, before[kind].get(name), "nothing of the others changes")
        self.assertEqual(chronicle.lines("captures")[0]["destroyed"], [1])
        shown = chronicle.run("show", chronicle.path, f"{capture}:2")
        self.assertIn(f"leaf {leaf} is in the tree", shown)
        self.assertNotIn("FAILS", shown)
        self.assertIn("1 of the capture's 3 parts were", shown)
        for done in (chronicle.call("show", chronicle.path, part), chronicle.call("shred", chronicle.path, part, "--reason", "x")):
            self.assertEqual(done.returncode, BAD_INPUT)
            self.assertIn(f"part 1 of capture {capture} was destroyed", done.stderr)

        second = self.publish(chronicle, 2)
        statuses = [record["status"] for record, _ in self.lines_of(second, "dispositions.jsonl")[0]["records"]]
        self.assertEqual(statuses, ["linked", "destroyed", "linked"])
        opened = self.lines_of(second, "parts.jsonl")
        self.assertEqual({(line["leaf"], line["index"]) for line in opened}, {(leaf, 0), (leaf, 2)}, "the old leaf")
        old = {line["index"]: line for line in self.lines_of(edition, "parts.jsonl")}
        for line in opened:
            self.assertEqual(line, old[line["index"]])
        self.assertNotIn("Farzi", json.dumps([self.lines_of(second, name) for name in ("claims.jsonl", "records.jsonl")]))

        backup, restored = os.path.join(chronicle.root, "backup"), os.path.join(chronicle.root, "restored")
        chronicle.run("backup", chronicle.path, backup)
        chronicle.run("restore", backup, restored)
        chronicle.run("verify", restored)
        self.assertIn("was destroyed", chronicle.call("show", restored, part).stderr)
        chronicle.run("shred", chronicle.path, capture, "--reason", "all of it", "--yes-destroy", capture, "--again", capture)
        chronicle.run("verify", chronicle.path)
        self.assertEqual(chronicle.lines("captures"), [])
        chronicle.run("derive", chronicle.path)
        self.publish(chronicle, 3)

    def test_the_last_parts_are_the_capture_and_the_same_bytes_go_together(self):
        chronicle, capture = with_posts(self)
        line = json.dumps({"id": "7", "full_text": POSTS[0], "user": {"screen_name": "voice0"}})
        other = json.dumps({"id": "8", "full_text": POSTS[2], "user": {"screen_name": "voice2"}})
        chronicle.run("add", chronicle.path, chronicle.file("in/twice.jsonl", f"{line}\n{other}\n{line}\n"))
        twice = next(item["id"] for item in chronicle.lines("captures") if item["id"] != capture)
        asked = chronicle.call("shred", chronicle.path, f"{twice}:0", "--reason", "x")
        self.assertIn(f"not confirmed twice ({twice}:0,2)", asked.stderr)
        self.assertIn("2 because bytes are shared", asked.stderr)
        asked = chronicle.call("shred", chronicle.path, f"{capture}:0,1,2", "--reason", "x")
        self.assertIn(f"not confirmed twice ({capture})", asked.stderr)
        for wrong in (f"{capture}:", f"{capture}:x", f"{capture}:0,,1", f"{capture}:9", "zz:1"):
            self.assertEqual(chronicle.call("shred", chronicle.path, wrong, "--reason", "x").returncode, BAD_INPUT, wrong)

    def test_nobody_calls_a_part_destroyed_that_is_there(self):
        chronicle, capture = with_posts(self)
        report = chronicle.lines("reports")[0]["id"]
        done = chronicle.call("decide", chronicle.path, "dispose", report, "--value", "destroyed", "--reason", "x")
        self.assertEqual(done.returncode, BAD_INPUT)
        self.assertIn("irrelevant, hollow or backlog", done.stderr)


class NewOrigin(unittest.TestCase):
    def test_what_is_left_of_a_lost_log_goes_on_under_another_name_and_every_reader_is_told(self):
        chronicle = small(self)
        backup = os.path.join(chronicle.root, "backup")
        chronicle.run("publish", chronicle.path, "--out", os.path.join(chronicle.root, "edition-1"))
        chronicle.run("backup", chronicle.path, backup)
        chronicle.run("add", chronicle.path, chronicle.file("in/later.html", PAGE.replace("12", "13")))
        shutil.rmtree(chronicle.path)
        refused = chronicle.call("restore", backup, chronicle.path)
        self.assertEqual(refused.returncode, BAD_INPUT)
        self.assertIn("--new-origin", refused.stderr)
        said = json.loads(chronicle.run("restore", backup, chronicle.path, "--new-origin", "case.example/2", "--json"))
        self.assertEqual((said["lost"], said["origin"]), (1, "case.example/2"))
        chronicle.run("derive", chronicle.path)
        chronicle.run("verify", chronicle.path)
        edition = os.path.join(chronicle.root, "edition-2")
        chronicle.run("publish", chronicle.path, "--out", edition)
        pin = chronicle.file("pin", chronicle.run("pin", chronicle.path))
        told = chronicle.run("verify", edition, "--pin", pin, "--allow-unwitnessed")
        self.assertIn("This log continues ", told)
        self.assertRegex(told, r"and 1 of the \d+ of its largest signed head")
        self.assertEqual(chronicle.call("verify", os.path.join(chronicle.root, "edition-1"), "--pin", pin).returncode, ANSWER_NO)


class Writers(unittest.TestCase):
    def setUp(self):
        self.chronicle = small(self)
        # Reads its standard input to the end while it holds the lock.
        self.writer = subprocess.Popen([GAVAH, "add", self.chronicle.path, "-"], stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.chronicle.environment)
        self.addCleanup(self.writer.wait)
        self.addCleanup(self.writer.stdin.close)
        lock = os.path.join(self.chronicle.path, "writer.lock")
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with open(lock, encoding="utf-8") as holder:
                if f"process {self.writer.pid} " in holder.read():
                    break
            time.sleep(0.02)

    def test_whoever_would_write_is_told_who_writes_since_when_and_by_which_command(self):
        path, root = self.chronicle.path, self.chronicle.root
        capture = self.chronicle.lines("captures")[0]["id"]
        report = self.chronicle.lines("reports")[0]["id"]
        sources = self.chronicle.file("s.csv", "id,name,kind,family,lang,reason\nharbor,Harbor,outlet,,en,registered\n")
        for words in (("add", path, self.chronicle.file("in/b.html", PAGE)), ("derive", path), ("rebuild", path),
                      ("decide", path, "verify", report, "--value", "a call", "--reason", "seen"),
                      ("source", path, "import", sources), ("publish", path, "--out", os.path.join(root, "edition")),
                      ("stamp", path, "--request", os.path.join(root, "head.tsq")),
                      ("cosign", path, "--request", os.path.join(root, "cosign")), ("rotate", path),
                      ("backup", path, os.path.join(root, "backup")),
                      ("shred", path, capture, "--reason", "asked", "--yes-destroy", capture, "--again", capture),
                      ("restore", path, path, "--newest")):
            done = self.chronicle.call(*words)
            self.assertEqual(done.returncode, ENVIRONMENT, f"{words}: {done.stdout}{done.stderr}")
            self.assertRegex(done.stderr, rf"process {self.writer.pid} since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(gavah add\)")
        self.assertEqual(sorted(name for name in os.listdir(root) if name in ("edition", "backup", "head.tsq", "cosign")), [])

    def test_whoever_only_reads_is_not_turned_away(self):
        path = self.chronicle.path
        for words in (("status", path), ("list", path, "claims"), ("verify", path), ("pin", path),
                      ("publish", path, "--dry-run"), ("stamp", path)):
            done = self.chronicle.call(*words)
            self.assertEqual(done.returncode, DONE, f"{words}: {done.stderr}")


class Publishing(unittest.TestCase):
    def test_an_authority_that_gives_no_token_leaves_a_whole_edition_without_one(self):
        chronicle = small(self)
        edition = os.path.join(chronicle.root, "edition")
        done = chronicle.call("publish", chronicle.path, "--out", edition, "--tsa", "http://127.0.0.1:1/", "--json")
        self.assertEqual(done.returncode, DONE, done.stderr)
        self.assertIn("no proof of time", done.stderr)
        self.assertIn("127.0.0.1:1", json.loads(done.stdout)["unstamped"])
        pin = chronicle.file("pin", chronicle.run("pin", chronicle.path))
        chronicle.run("verify", edition, "--pin", pin, "--allow-unwitnessed")
        chronicle.run("stamp", chronicle.path, "--request", os.path.join(chronicle.root, "head.tsq"))
        chronicle.run("publish", chronicle.path, "--out", edition + "-2")


class Memory(unittest.TestCase):
    def test_verifiers_at_once_lose_none_of_what_they_remember(self):
        cases = [small(self) for _ in range(4)]
        memory = os.path.join(cases[0].root, "heads.jsonl")
        pins = []
        for chronicle in cases:
            chronicle.run("publish", chronicle.path, "--out", os.path.join(chronicle.root, "edition"))
            pins.append(chronicle.file("pin", chronicle.run("pin", chronicle.path)))
        done = [None] * 12

        def verify(i):
            chronicle = cases[i % 4]
            until = time.monotonic() + 120
            while done[i] is None or (done[i].returncode == ENVIRONMENT and time.monotonic() < until):
                if done[i] is not None:
                    self.assertIn("another verification holds them", done[i].stderr)
                done[i] = chronicle.call("verify", os.path.join(chronicle.root, "edition"), "--pin", pins[i % 4], "--remember", memory,
                                         "--allow-unwitnessed")

        threads = [threading.Thread(target=verify, args=(i,)) for i in range(len(done))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for each in done:
            self.assertEqual(each.returncode, DONE, each.stderr)
        with open(memory, encoding="utf-8") as lines:
            self.assertEqual(len(lines.readlines()), 4)
        left = [name for name in os.listdir(cases[0].root) if name.startswith("heads.jsonl") and name not in ("heads.jsonl", "heads.jsonl.lock")]
        self.assertEqual(left, [])


class Quarantine(unittest.TestCase):
    def test_names_and_reasons_of_what_could_not_be_read_lie_sealed(self):
        chronicle = Chronicle(self, "--unprotected")
        chronicle.call("add", chronicle.path, chronicle.file("in/witness-arman.gz", b"\x1f\x8b\x08\x00cut"))
        item = chronicle.lines("quarantine")[0]
        self.assertIn("witness-arman.gz", item["name"])
        for folder, _, names in os.walk(chronicle.path):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(b"witness-arman", file.read(), name)


if __name__ == "__main__":
    unittest.main()
