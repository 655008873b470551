#!/usr/bin/env python3
"""Our log before a witness that shares no code with us: Sunlight 0.8, from Debian's package of that name.

Reads the program's path from $GAVAH and, from $WITNESSES, where the package may be kept. Ends with status 77 and a plain
sentence where the package cannot be had. All servers listen on loopback and end with the test.
"""
import functools
import glob
import http.server
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from cli_test import PAGE, small  # noqa: E402

PACKAGE_SECONDS = 90  # for the list of packages and the package itself
START_SECONDS = 20  # for the witness to answer


class CannotBeHad(Exception):
    """Why the independent witness is not here."""


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, timeout=PACKAGE_SECONDS, check=False, **more)


def archive():
    """The Debian archive that this machine already uses."""
    found = run("apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", "Origin: Debian")
    sites = sorted({site for site in found.stdout.split() if site.rstrip("/").endswith("/debian")})
    if not sites:
        raise CannotBeHad("apt knows no Debian archive here (run apt-get update)")
    return sites[0]


def sunlight(directory):
    """The program, unpacked below `directory`; nothing is installed. Bookworm has no such package: it is unstable's."""
    program = os.path.join(directory, "root", "usr", "bin", "sunlight")
    if os.path.exists(program):
        return program
    os.makedirs(os.path.join(directory, "lists", "partial"), exist_ok=True)
    os.makedirs(os.path.join(directory, "cache", "archives", "partial"), exist_ok=True)
    source = os.path.join(directory, "unstable.list")
    with open(source, "w", encoding="utf-8") as out:
        out.write(f"deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {archive()} sid main\n")
    options = ["-o", f"Dir::Etc::sourcelist={source}", "-o", "Dir::Etc::sourceparts=/dev/null",
               "-o", f"Dir::State::lists={directory}/lists", "-o", f"Dir::Cache={directory}/cache",
               "-o", "Acquire::Languages=none", "-o", "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
               "-o", "APT::Sandbox::User=root"]
    for step in (["update"], ["download", "sunlight"]):
        done = run("apt-get", *options, *step, cwd=directory)
        if done.returncode != 0:
            raise CannotBeHad(f"apt-get {step[0]}: {done.stderr.strip().splitlines()[-1:] or 'failed'}")
    package = glob.glob(os.path.join(directory, "sunlight_*.deb"))
    if not package or run("dpkg", "-x", package[0], os.path.join(directory, "root")).returncode != 0:
        raise CannotBeHad("the package could not be unpacked")
    return program


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Witness:
    """Sunlight as a witness for one log. It insists on being a CT log too, and on fetching the list of logs."""

    def __init__(self, test, program, folder, vkey):
        lists = os.path.join(folder, "lists")
        os.makedirs(lists)
        with open(os.path.join(lists, "logs"), "w", encoding="utf-8") as out:
            out.write(f"logs/v0\n\nvkey {vkey}\nqpd 86400\ncontact nobody\n")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=lists))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
        for name in ("witness.seed", "log.seed"):
            with open(os.path.join(folder, name), "wb") as out:
                out.write(os.urandom(32))
        run("openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "root.key", "-out", "roots.pem", "-days", "2",
            "-subj", "/CN=nobody", cwd=folder)
        with sqlite3.connect(os.path.join(folder, "checkpoints.db")) as database:
            database.execute("CREATE TABLE checkpoints (logID BLOB PRIMARY KEY, body TEXT)")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/w"
        with open(os.path.join(folder, "sunlight.yaml"), "w", encoding="utf-8") as out:
            out.write(self.settings(port, server.server_address[1]))
        self.errors = open(os.path.join(folder, "errors"), "w+", encoding="utf-8")
        test.addCleanup(self.errors.close)
        process = subprocess.Popen([program, "-c", "sunlight.yaml"], cwd=folder, stdout=subprocess.DEVNULL, stderr=self.errors,
                                   env=dict(os.environ, GODEBUG="httpmuxgo121=0"))
        test.addCleanup(process.wait, 10)
        test.addCleanup(process.kill)
        self.key = self.wait(port)

    @staticmethod
    def settings(port, list_port):
        today = time.strftime("%Y-%m-%d", time.gmtime())
        return f"""listen: ["127.0.0.1:{port}"]
checkpoints: checkpoints.db
witness:
  name: witness.example/independent
  submissionprefix: https://127.0.0.1/w
  secret: witness.seed
  loglists: ["http://127.0.0.1:{list_port}/logs"]
logs:
  - shortname: dummy
    inception: {today}
    submissionprefix: https://dummy.invalid
    monitoringprefix: https://dummy-mirror.invalid
    roots: roots.pem
    secret: log.seed
    cache: cache.db
    localdirectory: dummy
    notafterstart: 2031-01-01T00:00:00Z
    notafterlimit: 2032-01-01T00:00:00Z
"""

    def wait(self, port):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
                    found = re.search(r"witness\.example/independent\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+", answer.read().decode())
                    if found:
                        return found.group(0)
            except OSError:
                pass
            time.sleep(0.2)
        self.errors.seek(0)
        raise AssertionError(f"the witness did not start: {self.errors.read()[-2000:]}")


class IndependentWitness(unittest.TestCase):
    def setUp(self):
        self.chronicle = small(self)
        self.edition = os.path.join(self.chronicle.root, "edition")
        self.chronicle.run("publish", self.chronicle.path, "--out", self.edition)
        pin = self.chronicle.run("pin", self.chronicle.path)
        folder = tempfile.mkdtemp(dir=self.chronicle.root)
        self.log = re.search(r"^log (\S+)", pin, re.M).group(1)
        self.witness = Witness(self, PROGRAM, folder, self.log)
        self.pin = self.chronicle.file("pin", pin + f"witness I {self.witness.key}\nquorum I\n")

    def cosign(self, *more, status=0):
        return self.chronicle.run("cosign", self.chronicle.path, "--witness", self.witness.url, "--key", self.witness.key,
                                  "--edition", self.edition, *more, status=status)

    def outcome(self, status=0):
        return json.loads(self.chronicle.run("verify", self.edition, "--pin", self.pin, "--json", status=status))["outcome"]

    def test_it_cosigns_our_log_as_it_grows_and_our_verifier_believes_it(self):
        self.assertEqual(self.outcome(status=1), "unwitnessed")
        self.cosign()
        self.assertEqual(self.outcome(), "witnessed")
        for day in (9, 11):
            name = f"more-{day}"
            self.chronicle.file(f"{name}/page.html", PAGE.replace("4 May", f"{day} May"))
            self.chronicle.run("add", self.chronicle.path, os.path.join(self.chronicle.root, name))
            self.cosign()
            self.assertEqual(self.outcome(), "witnessed")
        os.remove(os.path.join(self.chronicle.path, "cosigned-head"))
        self.cosign()  # asks from size 0, learns from the 409 what the witness has seen
        self.assertEqual(self.outcome(), "witnessed")

    def test_it_refuses_what_our_witness_refuses(self):
        self.cosign()
        request = os.path.join(self.chronicle.root, "request")
        self.chronicle.run("cosign", self.chronicle.path, "--request", request, "--old", "0")
        with open(request, "rb") as source:
            body = source.read()
        ours = os.path.join(self.chronicle.root, "ours")
        self.chronicle.run("witness", ours, "--init", "witness.example/ours", "--add-log", self.log)
        response = os.path.join(self.chronicle.root, "response")
        self.chronicle.run("witness", ours, "--request", request, "--response", response)
        self.chronicle.run("witness", ours, "--request", request, "--response", response, status=1)
        with open(response, "rb") as source:
            said = source.read()
        asked = urllib.request.Request(self.witness.url + "/add-checkpoint", data=body, method="POST")
        with self.assertRaises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(asked, timeout=10)
        with refusal.exception:
            self.assertEqual(refusal.exception.code, 409)
            self.assertEqual(refusal.exception.headers["Content-Type"], "text/x.tlog.size")
            self.assertEqual(refusal.exception.read(), said, "both tell the same size in the same bytes")


if __name__ == "__main__":
    try:
        PROGRAM = sunlight(os.path.abspath(os.environ.get("WITNESSES") or tempfile.mkdtemp(prefix="gavah-witness-")))
    except (CannotBeHad, OSError, subprocess.TimeoutExpired) as why:
        print(f"skipped: Sunlight, the independent witness, cannot be had here: {why}")
        sys.exit(77)
    unittest.main()
