#!/usr/bin/env python3
"""Witnesses, remembered heads, forks and changes of key, as people meet them on the command line.

Reads the program's path from $GAVAH. Servers listen on loopback and end with their test.
"""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from cli_test import GAVAH, PAGE, small  # noqa: E402


class Desk:
    """A small chronicle with one edition, its pin, and a witness that knows its log."""

    def __init__(self, test):
        self.test = test
        self.chronicle = small(test)
        self.edition = os.path.join(self.chronicle.root, "edition")
        self.run("publish", self.chronicle.path, "--out", self.edition)
        self.pin_text = self.run("pin", self.chronicle.path)
        self.log = re.search(r"^log (\S+)", self.pin_text, re.M).group(1)
        self.witness = os.path.join(self.chronicle.root, "witness")
        self.witness_key = self.run("witness", self.witness, "--init", "witness.example/w1", "--add-log", self.log).strip()
        self.pin = self.chronicle.file("pin", self.pin_text + f"witness W1 {self.witness_key}\nquorum W1\n")

    def run(self, *words, status=0):
        return self.chronicle.run(*words, status=status)

    def path(self, name):
        return os.path.join(self.chronicle.root, name)

    def verify(self, *more, status=0, edition=None):
        return json.loads(self.run("verify", edition or self.edition, "--pin", self.pin, "--json", *more, status=status))

    def cosign_by_files(self, status=0):
        request, response = self.path("request"), self.path("response")
        self.run("cosign", self.chronicle.path, "--request", request)
        self.run("witness", self.witness, "--request", request, "--response", response)
        self.run("cosign", self.chronicle.path, "--key", self.witness_key, "--request", request, "--response", response,
                 "--edition", self.edition, status=status)

    def add(self, name, text):
        self.chronicle.file(f"{name}/page.html", text)
        self.run("add", self.chronicle.path, self.path(name))

    def serve(self, *more):
        """The witness over HTTP; gives its address."""
        server = subprocess.Popen([GAVAH, "witness", self.witness, *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True, env=self.chronicle.environment)
        self.test.addCleanup(server.stdout.close)
        self.test.addCleanup(server.wait, 10)
        self.test.addCleanup(server.terminate)
        server.stdout.readline()
        return re.search(r"http://\S+", server.stdout.readline()).group(0)


class ByFiles(unittest.TestCase):
    def test_an_edition_is_witnessed_by_files_carried_on_a_stick(self):
        desk = Desk(self)
        self.assertEqual(desk.verify(status=1)["outcome"], "unwitnessed")
        desk.cosign_by_files()
        verdict = desk.verify()
        self.assertEqual(verdict["outcome"], "witnessed")
        self.assertEqual([(w["name"], w["state"]) for w in verdict["witnesses"]], [("witness.example/w1", "counted")])
        self.assertEqual(verdict["seen_by"]["witness"], "witness.example/w1")
        self.assertIn("0 faults", desk.run("verify", desk.chronicle.path))

    def test_a_second_edition_is_witnessed_and_tells_the_lower_end_of_time(self):
        desk = Desk(self)
        desk.cosign_by_files()
        desk.add("in2", PAGE.replace("4 May", "9 May"))
        desk.run("derive", desk.chronicle.path)
        second = desk.path("second")
        desk.run("publish", desk.chronicle.path, "--out", second)
        desk.edition = second
        desk.cosign_by_files()
        verdict = desk.verify("--previous", desk.path("edition"))
        self.assertEqual(verdict["outcome"], "witnessed")
        self.assertEqual(verdict["not_before"][0]["witness"], "witness.example/w1")

    def test_a_witness_that_has_seen_more_says_how_much(self):
        desk = Desk(self)
        desk.cosign_by_files()
        desk.add("in2", "<p>more</p>")
        request, response = desk.path("request"), desk.path("response")
        desk.run("cosign", desk.chronicle.path, "--request", request, "--old", "0")
        desk.run("witness", desk.witness, "--request", request, "--response", response, status=1)
        with open(response, encoding="utf-8") as source:
            seen = source.read()
        self.assertRegex(seen, r"^[0-9]+\n$")
        said = desk.chronicle.call("cosign", desk.chronicle.path, "--key", desk.witness_key, "--response", response)
        self.assertNotEqual(said.returncode, 0)
        self.assertIn(f"--old {seen.strip()}", said.stderr)
        desk.run("cosign", desk.chronicle.path, "--request", request, "--old", seen.strip())
        desk.run("witness", desk.witness, "--request", request, "--response", response)
        desk.run("cosign", desk.chronicle.path, "--key", desk.witness_key, "--request", request, "--response", response)

    def test_a_wrong_answer_is_not_kept(self):
        desk = Desk(self)
        request, response = desk.path("request"), desk.path("response")
        desk.run("cosign", desk.chronicle.path, "--request", request)
        desk.run("witness", desk.witness, "--request", request, "--response", response)
        with open(response, encoding="utf-8") as source:
            line = source.read()
        at = len(line) - 20
        with open(response, "w", encoding="utf-8") as out:
            out.write(line[:at] + ("A" if line[at] != "A" else "B") + line[at + 1:])
        desk.run("cosign", desk.chronicle.path, "--key", desk.witness_key, "--request", request, "--response", response, status=3)
        self.assertFalse(os.path.exists(os.path.join(desk.chronicle.path, "cosigned-head")))

    def test_an_age_limit_and_a_policy_file_are_arguments(self):
        desk = Desk(self)
        desk.cosign_by_files()
        policy = desk.chronicle.file("policy", f"witness W1 {desk.witness_key}\nquorum W1\n")
        bare = desk.chronicle.file("bare.pin", desk.pin_text)
        desk.run("verify", desk.edition, "--pin", bare, status=1)
        desk.run("verify", desk.edition, "--pin", bare, "--policy", policy, "--max-age", "1")
        later = dict(desk.chronicle.environment, SOURCE_DATE_EPOCH="4000000000")
        done = subprocess.run([GAVAH, "verify", desk.edition, "--pin", bare, "--policy", policy, "--max-age", "1"],
                              capture_output=True, text=True, env=later, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("longer ago than was asked for", done.stdout)


class OverHttp(unittest.TestCase):
    def test_cosignatures_come_over_http_and_again_after_the_log_has_grown(self):
        desk = Desk(self)
        url = desk.serve()
        desk.run("cosign", desk.chronicle.path, "--witness", url, "--key", desk.witness_key, "--edition", desk.edition)
        self.assertEqual(desk.verify()["outcome"], "witnessed")
        desk.add("in2", "<p>more</p>")
        policy = desk.chronicle.file("policy", f"witness W1 {desk.witness_key} {url}/\nquorum W1\n")
        os.remove(os.path.join(desk.chronicle.path, "cosigned-head"))  # as if it were forgotten: the 409 tells the size
        desk.run("cosign", desk.chronicle.path, "--policy", policy, "--edition", desk.edition)
        self.assertEqual(desk.verify()["outcome"], "witnessed")

    def test_the_server_answers_with_the_statuses_of_the_standard(self):
        desk = Desk(self)
        url = desk.serve()

        def post(body, path="/add-checkpoint", method="POST"):
            request = urllib.request.Request(url + path, data=body if method == "POST" else None, method=method)
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return answer.status, answer.headers["Content-Type"], answer.read()
            except urllib.error.HTTPError as refusal:
                with refusal:
                    return refusal.code, refusal.headers["Content-Type"], refusal.read()

        request = desk.path("request")
        desk.run("cosign", desk.chronicle.path, "--request", request)
        with open(request, "rb") as source:
            body = source.read()
        self.assertEqual(post(b"nonsense")[0], 400)
        self.assertEqual(post(body.replace(b"gavah.invalid", b"other.invalid"))[0], 404)
        self.assertEqual(post(body, method="GET")[0], 405)
        self.assertEqual(post(body, path="/other")[0], 404)
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            raw.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\nContent-Length: 1100000\r\n\r\n")
            self.assertTrue(raw.recv(100).startswith(b"HTTP/1.1 413 "))
        status, _, lines = post(body)
        self.assertEqual(status, 200)
        self.assertTrue(lines.startswith("\u2014 witness.example/w1 ".encode()))
        status, kind, size = post(body)
        self.assertEqual((status, kind), (409, "text/x.tlog.size"))
        self.assertRegex(size, rb"^[0-9]+\n$")

    def test_a_witness_that_cannot_be_reached_stops_no_other(self):
        desk = Desk(self)
        url = desk.serve()
        said = desk.chronicle.call("cosign", desk.chronicle.path, "--witness", "http://127.0.0.1:1", "--witness", url,
                                   "--key", desk.witness_key, "--edition", desk.edition)
        self.assertEqual(said.returncode, 1, said.stderr)
        self.assertIn("127.0.0.1:1", said.stderr)
        self.assertEqual(desk.verify()["outcome"], "witnessed")


class Memory(unittest.TestCase):
    def test_a_fork_becomes_a_file_that_proves_it_to_others(self):
        desk = Desk(self)
        memory = desk.path("heads.jsonl")
        desk.verify("--remember", memory, "--allow-unwitnessed")
        with open(memory, "rb") as source:
            before = source.read()
        desk.verify("--remember", memory, "--allow-unwitnessed")
        with open(memory, "rb") as source:
            self.assertEqual(source.read(), before, "the same head is remembered once")
        # The operator goes back to a copy from before and shows another history, on a machine that forgets.
        twin = Desk(self)
        shutil.rmtree(twin.chronicle.path)
        shutil.copytree(desk.chronicle.path, twin.chronicle.path)
        said = twin.chronicle.call("add", twin.chronicle.path, twin.path("in2"))
        self.assertEqual(said.returncode, 3, "a machine that knows no head of a log does not sign it")
        self.assertIn("gavah restore", said.stderr)
        twin.run("restore", twin.chronicle.path, twin.chronicle.path, "--newest")
        for desk_now, text in ((desk, "<p>one</p>"), (twin, "<p>other</p>")):
            desk_now.add("in2", text)
            desk_now.run("derive", desk_now.chronicle.path)
            desk_now.run("publish", desk_now.chronicle.path, "--out", desk_now.path("second"), "--json")
        desk.verify("--remember", memory, "--allow-unwitnessed", edition=desk.path("second"))
        with open(memory, "rb") as source:
            before = source.read()
        said = desk.chronicle.call("verify", twin.path("second"), "--pin", desk.pin, "--remember", memory)
        self.assertEqual(said.returncode, 1)
        self.assertIn("two histories", said.stdout)
        with open(memory, "rb") as source:
            self.assertEqual(source.read(), before, "what failed is not remembered")
        forks = [name for name in os.listdir(desk.chronicle.root) if name.startswith("heads.jsonl.fork-")]
        self.assertEqual(len(forks), 1)
        fork = desk.path(forks[0])
        self.assertIn("fork proven", desk.run("verify", fork, "--pin", desk.pin))
        stranger = Desk(self)
        self.assertIn("proves nothing", desk.run("verify", fork, "--pin", stranger.pin, status=1))


class Rotation(unittest.TestCase):
    def test_a_log_goes_on_under_a_new_key_and_old_pins_refuse_it(self):
        desk = Desk(self)
        desk.cosign_by_files()
        old_pin = desk.pin
        with open(os.path.join(desk.chronicle.path, "keys", "keys.json"), encoding="utf-8") as source:
            old_key = json.load(source)["log"]
        answer = json.loads(desk.run("rotate", desk.chronicle.path, "--json"))
        for folder, _, names in os.walk(desk.chronicle.path):
            for name in names:
                with open(os.path.join(folder, name), "rb") as source:
                    self.assertNotIn(old_key.encode(), source.read(), os.path.join(folder, name))
        with open(os.path.join(desk.chronicle.path, "log", "checkpoint"), encoding="utf-8") as source:
            self.assertEqual(source.read().count("\u2014 "), 2, "the head between the keys carries both signatures")
        desk.add("in2", PAGE.replace("4 May", "9 May"))
        desk.run("derive", desk.chronicle.path)
        desk.edition = desk.path("second")
        desk.run("publish", desk.chronicle.path, "--out", desk.edition)
        desk.run("verify", desk.edition, "--pin", old_pin, "--allow-unwitnessed", status=1)
        pin = desk.run("pin", desk.chronicle.path)
        self.assertIn(f"log {desk.log} 0 {answer['from_size']}\n", pin)
        self.assertIn(f"log {answer['key']} {answer['from_size']} -\n", pin)
        desk.pin = desk.chronicle.file("new.pin", pin + f"witness W1 {desk.witness_key}\nquorum W1\n")
        desk.run("witness", desk.witness, "--add-log", answer["key"])
        desk.cosign_by_files()
        self.assertEqual(desk.verify("--previous", desk.path("edition"))["outcome"], "witnessed")
        self.assertEqual(desk.verify(edition=desk.path("edition"))["outcome"], "witnessed", "what the old key signed still holds")
        self.assertIn("0 faults", desk.run("verify", desk.chronicle.path))

    def test_a_wrong_passphrase_changes_nothing(self):
        desk = Desk(self)
        environment = desk.chronicle.environment
        protected = desk.path("protected")
        right, wrong = desk.chronicle.file("right", "a good passphrase\n"), desk.chronicle.file("wrong", "another\n")

        def call(*words, phrase):
            return subprocess.run([GAVAH, *words], capture_output=True, text=True, check=False,
                                  env=dict(environment, GAVAH_PASSPHRASE_FILE=phrase))

        self.assertEqual(call("init", protected, phrase=right).returncode, 0)
        self.assertNotEqual(call("rotate", protected, phrase=wrong).returncode, 0)
        first = call("rotate", protected, "--json", phrase=right)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(call("status", protected, phrase=right).returncode, 0)


if __name__ == "__main__":
    unittest.main()
