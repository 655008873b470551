#!/usr/bin/env python3
"""Time from request to verdict, with an authority that `openssl` makes for the test. Each test's name is a claim.

Reads the program's path from $GAVAH.
"""
import glob
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
import unittest

from authority import Authority, openssl

GAVAH = os.environ["GAVAH"]
MAGIC = bytes.fromhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401")


def varbytes(content):
    return bytes([len(content)]) + content


def ots(digest, attestation):
    return MAGIC + b"\x08" + digest + b"\x08" + b"\x00" + attestation


def mined(root, when):
    """A header over that root with the easiest target there is."""
    head = bytes(36) + root + when.to_bytes(4, "little") + (0x207FFFFF).to_bytes(4, "little")
    for nonce in range(1000):
        header = head + nonce.to_bytes(4, "little")
        if hashlib.sha256(hashlib.sha256(header).digest()).digest()[31] < 0x7F:
            return header
    raise AssertionError("no header was found")


class Time(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="gavah-time-")
        self.addCleanup(shutil.rmtree, self.root, True)
        self.chronicle = self.path("chronicle")
        self.edition = self.path("edition")
        self.environment = dict(os.environ, XDG_STATE_HOME=self.path("state"))
        self.gavah("init", "--unprotected", self.chronicle)
        page = self.write("page.txt", b"Police arrested 12 people in Velmar on 4 May 2031.\n")
        self.gavah("add", self.chronicle, page)
        self.gavah("derive", self.chronicle)

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as out:
            out.write(content)
        return self.path(name)

    def call(self, *words):
        return subprocess.run([GAVAH, *words], capture_output=True, text=True, env=self.environment, check=False)

    def gavah(self, *words, status=0):
        done = self.call(*words)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def request(self):
        """A request over the newest head, and the note's path."""
        said = json.loads(self.call("stamp", self.chronicle, "--request", self.path("head.tsq"), "--json").stdout)
        with open(self.path("head.tsq"), "rb") as file:
            return file.read(), said["note"]

    def stamped(self, authority):
        request, note = self.request()
        response = self.write("head.tsr", authority.reply(request))
        self.gavah("stamp", self.chronicle, "--response", response, "--certificates", authority.path("root.pem"))
        return note

    def publish(self):
        self.gavah("publish", self.chronicle, "--out", self.edition)

    def pin(self, *lines):
        """The chronicle's own pin and these lines, as a file."""
        return self.write("pin", (self.call("pin", self.chronicle).stdout + "".join(line + "\n" for line in lines)).encode())

    def verdict(self, *pin_lines, status=0):
        done = self.call("verify", self.edition, "--pin", self.pin(*pin_lines), "--allow-unwitnessed", "--json")
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def tsa_line(self, authority, name="root"):
        return f"tsa clock {hashlib.sha256(authority.der(name)).hexdigest()}"


class Rfc3161(Time):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.path("tsa"))

    def test_a_token_travels_from_request_to_verdict(self):
        self.stamped(self.authority)
        self.publish()
        for name in ("root", "signer"):
            bounds = self.verdict(self.tsa_line(self.authority, name))["not_after"]
            self.assertEqual([bound["by"] for bound in bounds], ["clock"])
            self.assertEqual(bounds[0]["size"], 3)  # key, heartbeat, capture

    def test_openssl_accepts_the_token_that_was_kept(self):
        note = self.stamped(self.authority)
        token = glob.glob(os.path.join(os.path.dirname(note), "*.tst"))[0]
        said = openssl("ts", "-verify", "-data", note, "-in", token, "-token_in", "-CAfile", self.authority.path("root.pem"))
        self.assertIn(b"OK", said)

    def test_without_its_authority_in_the_pin_a_token_is_told_and_proves_nothing(self):
        self.stamped(self.authority)
        self.publish()
        stranger = Authority(self.path("stranger"))
        for lines in ([], [self.tsa_line(stranger)]):
            verdict = self.verdict(*lines)
            self.assertEqual(verdict["not_after"], [])
            self.assertIn("authorities that the pin does not name", " ".join(verdict["unchecked"]))

    def test_stamping_again_keeps_a_later_token_beside_the_first(self):
        self.stamped(self.authority)
        second = Authority(self.path("second"))
        note = self.stamped(second)  # the same head: nothing came since
        self.assertEqual(len(glob.glob(os.path.join(os.path.dirname(note), "*.tst"))), 2)
        self.publish()
        verdict = self.verdict(self.tsa_line(self.authority), self.tsa_line(second).replace("clock", "later"))
        self.assertEqual([bound["size"] for bound in verdict["not_after"]], [3, 3])
        self.assertEqual({bound["by"] for bound in verdict["not_after"]}, {"clock", "later"})
        self.assertIn("revoked was not looked up", " ".join(verdict["unchecked"]))
        alone = self.verdict(self.tsa_line(second).replace("clock", "later"))
        self.assertEqual([bound["by"] for bound in alone["not_after"]], ["later"], "each counts by itself")

    def test_the_words_for_people_name_the_bracket(self):
        self.stamped(self.authority)
        self.publish()
        pin = self.pin(self.tsa_line(self.authority))
        text = self.gavah("verify", self.edition, "--pin", pin, "--allow-unwitnessed")
        self.assertIn("the first 3 leaves were there by ", text)
        self.assertIn("(clock)", text)
        self.assertIn("newer than the last proof of time", text)

    def test_an_answer_over_other_bytes_or_a_spoiled_one_is_not_kept(self):
        request, _ = self.request()
        other = openssl("ts", "-query", "-data", self.write("other", b"other"), "-sha256", "-cert", "-no_nonce")
        response = self.write("other.tsr", self.authority.reply(other))
        self.assertIn("none of the heads", self.gavah("stamp", self.chronicle, "--response", response, status=3))
        spoiled = bytearray(self.authority.reply(request))
        spoiled[-5] ^= 1
        response = self.write("spoiled.tsr", bytes(spoiled))
        self.assertIn("the token's signature", self.gavah("stamp", self.chronicle, "--response", response, status=3))
        refused = openssl("ts", "-query", "-data", self.path("other"), "-sha256", "-no_nonce", "-tspolicy", "1.2.3")
        response = self.write("refused.tsr", self.authority.reply(refused))
        self.assertIn("granted no time stamp", self.gavah("stamp", self.chronicle, "--response", response, status=3))
        self.assertEqual(glob.glob(os.path.join(self.chronicle, "tokens", "*", "*.tst")), [])

    def test_an_authority_is_asked_over_http(self):
        authority = self.authority

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                is_query = self.headers["Content-Type"] == "application/timestamp-query"
                self.send_response(200 if is_query and self.path == "/tsa" else 503)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(authority.reply(asked))

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}"
        self.gavah("stamp", self.chronicle, "--tsa", f"{address}/elsewhere", status=4)
        said = self.gavah("stamp", self.chronicle, "--tsa", f"{address}/tsa", "--certificates", authority.path("root.pem"))
        self.assertIn("there by ", said)
        without = self.gavah("publish", self.chronicle, "--out", self.path("without"), "--tsa", f"{address}/elsewhere", "--json")
        self.assertIn("elsewhere", without, "it is whole, and says that it has no token")
        self.gavah("publish", self.chronicle, "--out", self.edition, "--tsa", f"{address}/tsa")
        verdict = self.verdict(self.tsa_line(authority))
        self.assertEqual([bound["by"] for bound in verdict["not_after"]], ["clock"] * 2)
        self.assertNotIn("newer than the last proof of time", " ".join(verdict["unchecked"]))

    def test_stamps_are_listed_with_the_lines_for_a_pin(self):
        self.stamped(self.authority)
        text = self.gavah("stamp", self.chronicle)
        self.assertIn("there by ", text)
        self.assertIn(f"tsa NAME {hashlib.sha256(self.authority.der('root')).hexdigest()}", text)

    def test_two_ways_at_once_are_bad_usage(self):
        self.gavah("stamp", self.chronicle, "--request", "a", "--ots", "b", status=2)
        self.gavah("stamp", self.chronicle, "--certificates", "a", status=2)


class OpenTimestamps(Time):
    def proof(self, attestation):
        _, note = self.request()
        with open(note, "rb") as file:
            digest = hashlib.sha256(file.read()).digest()
        self.gavah("stamp", self.chronicle, "--ots", self.write("head.ots", ots(digest, attestation)))
        return hashlib.sha256(digest).digest()

    def test_a_bitcoin_attestation_holds_against_the_readers_header(self):
        root = self.proof(bytes.fromhex("0588960d73d71901") + varbytes(b"\x07"))
        self.publish()
        told = self.verdict()
        self.assertEqual(told["not_after"], [])
        self.assertIn(root.hex(), " ".join(told["unchecked"]))
        bounds = self.verdict(f"block 7 {mined(root, 1_900_000_000).hex()}")["not_after"]
        self.assertEqual(bounds, [{"size": 3, "time": "2030-03-17T19:46:40Z", "by": "Bitcoin block 7"}])
        other = mined(hashlib.sha256(b"another").digest(), 1_900_000_000).hex()
        failed = self.verdict(f"block 7 {other}", status=1)
        self.assertEqual([failure["check"] for failure in failed["failures"]], ["time"])
        self.assertIn("do not lead to the Merkle root of block 7", failed["failures"][0]["message"])

    def test_a_pending_proof_is_pending(self):
        self.proof(bytes.fromhex("83dfe30d2ef90c8e") + varbytes(varbytes(b"https://calendar.example")))
        self.publish()
        told = self.verdict()
        self.assertEqual(told["not_after"], [])
        self.assertIn("pending and prove nothing yet (the first: https://calendar.example)", " ".join(told["unchecked"]))

    def test_a_proof_over_another_file_is_not_kept(self):
        self.request()
        proof = ots(bytes(32), bytes.fromhex("0588960d73d71901") + varbytes(b"\x07"))
        self.assertIn("none of the heads", self.gavah("stamp", self.chronicle, "--ots", self.write("x.ots", proof), status=3))
        self.gavah("stamp", self.chronicle, "--ots", self.write("y.ots", proof[:-1]), status=3)


if __name__ == "__main__":
    unittest.main()
