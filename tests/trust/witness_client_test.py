#!/usr/bin/env python3
"""Our witness before clients that share no code with us: Tessera's POSIX log with its witness policy, and Go's tlog package.

Reads the program's path from $GAVAH; $JUDGES is the folder where tests/judges/get builds the client. Ends with status 77
and a plain sentence where that cannot be had. The witness listens on loopback and ends with its test.
"""
import base64
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
GAVAH = os.environ["GAVAH"]
JUDGES = os.environ["JUDGES"]
GET = os.path.join(HERE, "..", "judges", "get")
ORIGIN = "tessera.example/log"
WITNESS = "witness.example/ours"
LIMIT_SECONDS = 120  # of one program


def missing():
    """Why the client cannot be had; None when it is there."""
    done = subprocess.run([GET, JUDGES, "witness_client"], capture_output=True, text=True, check=False)
    return next((line for line in done.stdout.splitlines() if line.startswith("missing ")), None)


def new_key(name):
    """A private key as Go's note package spells it, and its vkey. The public half comes from openssl."""
    seed = os.urandom(32)
    der = bytes.fromhex("302e020100300506032b657004220420") + seed
    public = subprocess.run(["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"], input=der, capture_output=True, check=True).stdout[-32:]
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8]
    text = lambda key: base64.b64encode(b"\x01" + key).decode()
    return f"PRIVATE+KEY+{name}+{key_id}+{text(seed)}", f"{name}+{key_id}+{text(public)}"


class Client(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="gavah-client-")
        self.addCleanup(shutil.rmtree, self.root, True)
        skey, self.log_key = new_key(ORIGIN)
        self.skey = self.write("log.skey", skey)
        self.folder = self.path("witness")
        self.vkey = self.gavah("witness", self.folder, "--init", WITNESS, "--add-log", self.log_key).strip()
        server = subprocess.Popen([GAVAH, "witness", self.folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait, 10)
        self.addCleanup(server.terminate)
        server.stdout.readline()
        self.url = re.search(r"http://\S+", server.stdout.readline()).group(0)

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        return self.path(name)

    def gavah(self, *words, status=0):
        done = subprocess.run([GAVAH, *words], capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout

    def client(self, *words):
        done = subprocess.run([os.path.join(JUDGES, "witness_client"), *words], capture_output=True, text=True,
                              timeout=LIMIT_SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_tesseras_log_is_cosigned_by_our_witness_as_it_grows(self):
        log = self.path("log")
        policy = self.write("policy", f"witness W1 {self.vkey} {self.url}\nquorum W1\n")
        pin = [log, "--log-key", self.log_key, "--allow-unwitnessed"]
        for entries, size in ((5, 5), (300, 305), (1, 306)):  # each run begins from size 0 and learns from the 409
            said = self.client("publish", log, self.skey, policy, str(entries))
            self.assertRegex(said, rf"^cosigned {size} {re.escape(WITNESS)} \d+\n$")
            self.assertIn(str(size), self.gavah("verify", *pin), "and our reader takes the log that Tessera wrote")
        heads = glob.glob(os.path.join(self.folder, "heads", "*"))
        self.assertEqual(len(heads), 1)
        with open(heads[0], encoding="utf-8") as kept:
            self.assertEqual(kept.read().splitlines()[:2], [ORIGIN, "306"])

    def test_it_is_refused_as_the_specification_says(self):
        stranger = self.write("other.skey", new_key(ORIGIN)[0])
        said = self.client("refuse", self.url, self.skey, stranger, self.vkey)
        self.assertEqual(said.splitlines(), [
            "no-form 400", "unknown-origin 404", "unknown-key 403",
            "first 200", "grown 200", "again 200",
            "behind 409 text/x.tlog.size 9", "never-seen 409 text/x.tlog.size 9", "larger-than-the-head 400",
            "another-root 409 text/x.tlog.size 9", "another-past 422", "at-last 200"])
        self.assertEqual(len(os.listdir(os.path.join(self.folder, "forks"))), 1, "the other root is kept as a proof of the fork")


if __name__ == "__main__":
    WHY = missing()
    if WHY:
        print(f"skipped: {WHY}")
        sys.exit(77)
    unittest.main()
