#!/usr/bin/env python3
"""Independent judges over logs that Gavah wrote, and Gavah over logs that others wrote. Each test's name is a claim.

Reads the programs' paths from $GAVAH and $MAKE_LOG; $JUDGES is the folder where tests/judges/get builds the judges.
A judge that cannot be had is a skip that says what to install.
"""
import glob
import os
import shutil
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
GAVAH = os.environ["GAVAH"]
MAKE_LOG = os.environ["MAKE_LOG"]
JUDGES = os.environ["JUDGES"]
SHARED = os.environ.get("GAVAH_SHARED_DATA", os.path.join(HERE, "..", "..", "..", "shared", "data"))
VECTORS = os.path.join(SHARED, "tlog-vectors")
SOUND = "Successfully fsck'd"  # the status says nothing: Tessera 1.0.4 exits 0 on failure with --ui=false
SIZES = [1, 2, 255, 256, 257, 1000, 65535, 65536, 65537, 66001]
MISSING = {}


def setUpModule():
    done = subprocess.run([os.path.join(HERE, "get"), JUDGES], capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("missing "):
            name, why = line[len("missing "):].split(": ", 1)
            MISSING[name] = why


def run(*words, environment=None):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, env=environment)


class Scratch(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="gavah-judges-")
        self.addCleanup(shutil.rmtree, self.root, True)

    def path(self, name):
        return os.path.join(self.root, name)

    def judge(self, name):
        if name in MISSING:
            self.skipTest(f"no {name}: {MISSING[name]}")
        return os.path.join(JUDGES, name)

    def need_vectors(self, name):
        path = os.path.join(VECTORS, name)
        if not os.path.exists(path):
            self.skipTest("the shared vectors are not here")
        return path

    def made_log(self, sizes):
        """A log that our writer of tiles grew through `sizes`: its folder, key, and the checkpoint of each size."""
        folder = self.path("log")
        done = run(MAKE_LOG, folder, "log.example/judged", 210, *sizes)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(folder + ".vkey", encoding="utf-8") as text:
            key = text.read().strip()
        return folder, key, [f"{folder}.{size}" for size in sizes]

    def chronicle_log(self):
        """The log of a chronicle that the program itself wrote, in steps: folder, key, checkpoints."""
        chronicle = self.path("chronicle")
        environment = dict(os.environ, XDG_STATE_HOME=self.path("state"))

        def gavah(*words):
            done = run(GAVAH, *words, environment=environment)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            return done.stdout

        gavah("init", "--unprotected", chronicle)
        checkpoints = []
        for step, count in enumerate((1, 3, 250, 60)):
            inbox = self.path(f"in-{step}")
            os.makedirs(inbox)
            for i in range(count):
                with open(os.path.join(inbox, f"note-{i}.txt"), "w", encoding="utf-8") as out:
                    out.write(f"Police arrested {i + 2} people in Velmar on 4 May 2031. Note {step}.\n")
            gavah("add", chronicle, inbox)
            checkpoints.append(self.path(f"checkpoint-{step}"))
            shutil.copy(os.path.join(chronicle, "log", "checkpoint"), checkpoints[-1])
        pin = gavah("pin", chronicle).splitlines()
        key = next(line.split()[1] for line in pin if line.startswith("log "))
        return os.path.join(chronicle, "log"), key, checkpoints

    def fsck(self, folder, key, origin):
        key_file = self.path("key")
        with open(key_file, "w", encoding="utf-8") as out:
            out.write(key)
        done = run(self.judge("fsck"), f"--storage_url=file://{folder}/", f"--origin={origin}", f"--public_key={key_file}",
                   "--ui=false", "--N=2")
        return done.stdout + done.stderr


def changed(folder, pattern, at):
    """Flips one bit of the first file that matches."""
    path = sorted(glob.glob(os.path.join(folder, pattern)))[0]
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))
    return path


class GoTlog(Scratch):
    """golang.org/x/mod/sumdb/tlog and note."""

    def judged(self, folder, key, checkpoints):
        return run(self.judge("log_judge"), folder, key, *checkpoints)

    def test_finds_every_entry_and_every_step_of_a_made_log(self):
        folder, key, checkpoints = self.made_log(SIZES)
        done = self.judged(folder, key, checkpoints)
        self.assertIn(f"judged: {len(SIZES)} signatures, {SIZES[-1]} entries included, {len(SIZES) - 1} steps consistent", done.stdout, done.stderr)
        print(done.stdout.strip())

    def test_finds_every_entry_of_a_chronicle_that_the_program_wrote(self):
        folder, key, checkpoints = self.chronicle_log()
        done = self.judged(folder, key, checkpoints)
        self.assertIn("judged: 4 signatures, ", done.stdout, done.stderr)
        print(done.stdout.strip())

    def test_refuses_what_was_changed(self):
        folder, key, checkpoints = self.made_log([300, 700])
        for pattern in ("tile/entries/001", "tile/0/000", "tile/1/000.p/2"):
            copy = self.path("copy")
            shutil.copytree(folder, copy)
            changed(copy, pattern, 37)
            self.assertNotEqual(self.judged(copy, key, checkpoints).returncode, 0, pattern)
            shutil.rmtree(copy)
        changed(self.root, "log.300", 40)
        self.assertNotEqual(self.judged(folder, key, checkpoints).returncode, 0)


class TesseraFsck(Scratch):
    def test_accepts_a_made_log(self):
        folder, key, _ = self.made_log(SIZES)
        self.assertIn(SOUND, self.fsck(folder, key, "log.example/judged"))

    def test_accepts_the_log_of_a_chronicle(self):
        folder, key, _ = self.chronicle_log()
        self.assertIn(SOUND, self.fsck(folder, key, key.split("+")[0]))

    def test_refuses_what_was_changed(self):
        folder, key, _ = self.made_log([300, 700])
        for pattern, at in (("tile/entries/001", 37), ("tile/0/000", 37), ("tile/1/000.p/2", 5), ("checkpoint", 22)):
            copy = self.path("copy")
            shutil.copytree(folder, copy)
            changed(copy, pattern, at)
            self.assertNotIn(SOUND, self.fsck(copy, key, "log.example/judged"), pattern)
            shutil.rmtree(copy)


class OurReader(Scratch):
    """`gavah verify` over bare logs."""

    def verdict(self, folder, key, *more):
        return run(GAVAH, "verify", folder, "--log-key", key, "--allow-unwitnessed", *more)

    def test_accepts_tesseras_log_at_each_of_its_sizes(self):
        theirs = self.need_vectors("tessera-log")
        with open(os.path.join(theirs, "log.vkey"), encoding="utf-8") as text:
            key = text.read().strip()
        for size in range(16):
            copy = self.path(f"tessera-{size}")
            shutil.copytree(os.path.join(theirs, "tile"), os.path.join(copy, "tile"))
            shutil.copy(os.path.join(theirs, f"checkpoint.{size}"), os.path.join(copy, "checkpoint"))
            done = self.verdict(copy, key)
            self.assertEqual(done.returncode, 0, f"{size}: {done.stdout}{done.stderr}")
        print("read 16 heads of Tessera's log")

    def test_accepts_a_log_of_70000_entries_made_by_gos_package(self):
        theirs = self.need_vectors("generated-local/log70000")
        with open(os.path.join(theirs, "log.vkey"), encoding="utf-8") as text:
            key = text.read().strip()
        done = self.verdict(theirs, key)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("70000", done.stdout)

    def test_agrees_with_the_judges_on_our_own_log(self):
        folder, key, _ = self.made_log([300, 66001])
        self.assertEqual(self.verdict(folder, key).returncode, 0)
        self.assertEqual(run(GAVAH, "verify", folder, "--log-key", key).returncode, 1)  # unwitnessed
        self.assertEqual(self.verdict(folder, key, "--origin", "another.example").returncode, 1)
        for pattern in ("tile/entries/001", "tile/0/000", "tile/1/000", "tile/2/000.p/1", "checkpoint"):
            copy = self.path("copy")
            shutil.copytree(folder, copy)
            changed(copy, pattern, 20)
            done = self.verdict(copy, key)
            self.assertEqual(done.returncode, 1, pattern)
            self.assertIn("failed", done.stdout)
            shutil.rmtree(copy)


if __name__ == "__main__":
    unittest.main()
