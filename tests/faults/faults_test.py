#!/usr/bin/env python3
"""Bad input and bad surroundings, given to the program as a person would meet them. Each test's name is a claim.

After every one the chronicle must still open, verify, and hold all that was acknowledged, and no half-written file may
be left. Reads the program's path from $GAVAH. The inputs are made here; none is larger than 200 MB.
"""
import gzip
import io
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest
import zipfile
import zlib

GAVAH = os.environ["GAVAH"]
DONE, BAD_INPUT, ENVIRONMENT = 0, 3, 4
NOBODY = 65534
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>Police arrested 12 people in Velmar on 4 May 2031.</p></article></body></html>"


def warc_response(url, body):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body.encode()
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-06T07:08:09Z\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def gzip_of_zeros(gibibytes):
    """One gzip member that expands to so many GiB, made from one compressed block that repeats."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    compressor.compress(bytes(1 << 20))
    compressor.flush(zlib.Z_FULL_FLUSH)
    block = compressor.compress(bytes(1 << 26)) + compressor.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + block * (16 * gibibytes) + b"\3\0" + bytes(8)


class Faults(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="gavah-faults-")
        self.addCleanup(self.remove)
        self.chronicle = os.path.join(self.root, "chronicle")
        self.environment = dict(os.environ, XDG_STATE_HOME=os.path.join(self.root, "state"), HOME=self.root)
        self.peak_mib = 0.0
        self.run_gavah("init", self.chronicle, "--unprotected", expect=DONE)

    def remove(self):
        subprocess.run(["chmod", "-R", "u+rwX", self.root], check=False)
        shutil.rmtree(self.root, ignore_errors=True)

    def run_gavah(self, *words, expect=None, before=None, timeout=300):
        """Runs a command: (status, what it printed, what it complained of). Keeps the peak of its memory."""
        child = subprocess.Popen([GAVAH, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
                                 preexec_fn=before)
        out, complaint = child.communicate(timeout=timeout)
        self.peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        status, out, complaint = child.returncode, out.decode(), complaint.decode(errors="replace")
        self.assertGreaterEqual(status, 0, f"{words} died of signal {-status}: {complaint}")
        self.assertNotIn("check failed", complaint)
        if expect is not None:
            self.assertEqual(status, expect, f"{words}: {out}{complaint}")
        return status, out, complaint

    def add(self, *paths, **options):
        return self.run_gavah("add", self.chronicle, *paths, **options)

    def file(self, name, content):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(content.encode() if isinstance(content, str) else content)
        return path

    def listed(self, kind):
        out = self.run_gavah("list", self.chronicle, kind, "--json", expect=DONE)[1]
        return [json.loads(line) for line in out.splitlines()]

    def check_sound(self, captures):
        """What was acknowledged is there, verifies, and nothing else lies about."""
        self.assertEqual(len(self.listed("captures")), captures)
        self.run_gavah("derive", self.chronicle, expect=DONE)
        self.run_gavah("verify", self.chronicle, expect=DONE)
        left = [name for _, _, names in os.walk(self.chronicle) for name in names
                if name.endswith((".tmp", ".new", ".part", "~"))]
        self.assertEqual(left, [], "half-written files stay")

    # Bad bytes.

    def test_truncated_gzip_gives_what_came_before(self):
        whole = gzip.compress(warc_response("http://a.example/1", PAGE.format("one"))) + gzip.compress(
            warc_response("http://a.example/2", PAGE.format("two")))
        _, _, complaint = self.add(self.file("cut.warc.gz", whole[:-30]), expect=DONE)
        self.assertIn("cut", complaint)
        self.assertGreaterEqual(len(self.listed("parts")), 1)
        self.check_sound(captures=1)

    def test_gzip_with_nothing_in_it_is_quarantined(self):
        _, _, complaint = self.add(self.file("stub.gz", gzip.compress(b"some words of a page")[:10]), expect=BAD_INPUT)
        self.assertIn("stub.gz", complaint)
        self.assertEqual(len(self.listed("quarantine")), 1)
        self.check_sound(captures=0)

    def test_lying_warc_lengths_cost_no_other_record(self):
        for number, lie in enumerate((b"1", b"70", b"99999999", b"18446744073709551616", b"-3", b"many")):
            good = warc_response("http://a.example/2", PAGE.format("two"))
            begin = good.index(b"Content-Length: ") + 16
            bad = good[:begin] + lie + good[good.index(b"\r", begin):]
            path = self.file(f"lying{number}.warc", warc_response("http://a.example/1", PAGE.format("one")) + bad +
                             warc_response("http://a.example/3", PAGE.format("three")))
            _, _, complaint = self.add(path, expect=DONE)
            self.assertIn(f"lying{number}.warc", complaint)
        urls = [part["url"] for part in self.listed("parts")]
        self.assertEqual(urls.count("http://a.example/1"), 6)
        self.assertEqual(urls.count("http://a.example/3"), 6)
        self.check_sound(captures=6)

    def test_cut_json_gives_the_whole_elements_before_the_cut(self):
        messages = [{"id": i, "type": "message", "date": "2031-05-04T10:00:00", "from": "a", "text": f"word {i}"} for i in range(50)]
        text = json.dumps({"name": "K", "type": "public_channel", "id": 7, "messages": messages})
        _, _, complaint = self.add(self.file("result.json", text[: text.index('"word 20"')]), expect=DONE)
        self.assertIn("ends early", complaint)
        self.assertEqual(len(self.listed("parts")), 20)
        self.check_sound(captures=1)

    def test_an_array_larger_than_memory_is_split(self):
        filler = "word " * 20_000
        path = os.path.join(self.root, "large.json")
        with open(path, "w") as out:
            out.write("[")
            for i in range(2000):
                out.write(("," if i else "") + json.dumps({"id": i, "id_str": str(i), "text": filler, "user": {"screen_name": "a"}}))
            out.write("]")
        self.assertGreater(os.path.getsize(path), 190_000_000)
        self.add(path, expect=DONE)
        self.assertLess(self.peak_mib, 150, "MiB at the peak")
        self.assertEqual(len(self.listed("parts")), 2000)

    def test_invalid_utf8_is_read_as_far_as_it_goes(self):
        text = self.file("legacy.txt", b"Police arrested 12 people in Velmar \xff\xfe\xc3 on 4 May 2031.")
        table = self.file("t.csv", b"text,date\nbad \xff row,2031-05-04\nPolice arrested 12 people,2031-05-04\n")
        _, _, complaint = self.add(text, table, expect=DONE)
        self.assertIn("a row is not in UTF-8", complaint)
        self.assertEqual(len(self.listed("parts")), 3)
        self.check_sound(captures=2)

    def test_a_page_65535_deep_is_taken_in_and_derived(self):
        deep = "<div>" * 65_535 + "Police arrested 12 people in Velmar." + "</div>" * 65_535
        self.add(self.file("deep.html", f"<html><body>{deep}</body></html>"), expect=DONE)
        begin = time.monotonic()
        self.check_sound(captures=1)
        self.assertLess(time.monotonic() - begin, 120)

    def test_an_archive_that_expands_to_10_gib_is_refused_within_bounds(self):
        for name in ("bomb.gz", "bomb.warc.gz", "bomb.csv.gz"):
            _, _, complaint = self.add(self.file(name, gzip_of_zeros(10)), expect=BAD_INPUT)
            self.assertRegex(complaint, f"{name}.*(expands to more than|binary data)")
        self.assertLess(self.peak_mib, 400)
        self.check_sound(captures=0)

    def test_a_zip_bomb_leaves_the_other_members(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("good.html", PAGE.format("good"))
            with made.open("bomb.txt", "w", force_zip64=True) as member:
                for _ in range(1100):
                    member.write(bytes(1 << 20))
        _, _, complaint = self.add(self.file("two.zip", out.getvalue()), expect=DONE)
        self.assertIn("expands to more than", complaint)
        self.assertEqual([part["path"] for part in self.listed("parts")], ["good.html"])
        self.check_sound(captures=1)

    def test_names_with_dots_stay_names(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr("../../escaped.html", PAGE.format("one"))
            made.writestr(os.path.join(os.sep, "escaped-absolute.html"), PAGE.format("two"))
        path = self.file("names.zip", out.getvalue())
        self.add(self.file("plain.html", PAGE.format("plain")), expect=DONE)
        before = set(os.listdir(self.root))
        self.add(path, expect=DONE)
        self.assertEqual(sorted(part["path"] for part in self.listed("parts")),
                         ["", "../../escaped.html", os.path.join(os.sep, "escaped-absolute.html")])
        self.assertEqual(set(os.listdir(self.root)), before)
        self.assertFalse(os.path.exists(os.path.join(os.path.dirname(self.root), "escaped.html")))
        self.assertFalse(os.path.exists(os.path.join(os.sep, "escaped-absolute.html")))
        self.check_sound(captures=2)

    def test_deep_json_and_empty_files_are_quarantined_with_a_sentence(self):
        self.file("in/deep.json", "[" * 300_000)
        self.file("in/empty.txt", "")
        self.file("in/good.html", PAGE.format("good"))
        _, _, complaint = self.add(os.path.join(self.root, "in"), expect=DONE)
        self.assertRegex(complaint, "deep.json.*deeper than 1024")
        self.assertRegex(complaint, "empty.txt.*empty")
        self.check_sound(captures=1)

    # Bad surroundings.

    def test_links_and_pipes_in_a_folder_are_set_aside(self):
        self.file("in/good.html", PAGE.format("good"))
        os.symlink("/etc/passwd", os.path.join(self.root, "in", "link.txt"))
        os.mkfifo(os.path.join(self.root, "in", "pipe.txt"))
        _, _, complaint = self.add(os.path.join(self.root, "in"), expect=DONE)
        self.assertIn("link.txt", complaint)
        self.assertIn("pipe.txt", complaint)
        self.assertEqual(len(self.listed("parts")), 1)
        self.check_sound(captures=1)

    def test_a_missing_path_is_bad_input(self):
        _, _, complaint = self.add(os.path.join(self.root, "nowhere.html"), expect=BAD_INPUT)
        self.assertIn("nowhere.html", complaint)
        self.check_sound(captures=0)

    def test_an_unreadable_file_is_named_and_does_not_stop_the_others(self):
        self.file("in/good.html", PAGE.format("good"))
        locked = self.file("in/locked.html", PAGE.format("locked"))
        os.chmod(locked, 0)
        before = None
        if os.geteuid() == 0:
            for folder, folders, names in os.walk(self.root):
                for name in [folder] + [os.path.join(folder, n) for n in folders + names]:
                    if name != locked:
                        os.chown(name, NOBODY, NOBODY)
            os.chmod(self.root, stat.S_IRWXU)
            before = lambda: (os.setgid(NOBODY), os.setuid(NOBODY))  # root reads everything
        status, _, complaint = self.add(os.path.join(self.root, "in"), before=before)
        self.assertIn(status, (DONE, ENVIRONMENT), complaint)
        self.assertRegex(complaint, "locked.html.*Permission denied")
        captures = [capture["name"] for capture in self.listed("captures")]
        self.assertTrue(any("good.html" in name for name in captures), captures)
        self.check_sound(captures=1)

    def test_a_full_disk_loses_nothing_and_leaves_nothing_half_written(self):
        self.add(self.file("first.html", PAGE.format("first")), expect=DONE)
        objects = sorted(name for _, _, names in os.walk(os.path.join(self.chronicle, "objects")) for name in names)
        large = self.file("large.txt", "Police arrested 12 people in Velmar on 4 May 2031.\n" * 40_000)

        def allow_small_files_only():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))

        _, _, complaint = self.add(large, expect=ENVIRONMENT, before=allow_small_files_only)
        self.assertRegex(complaint, "File too large|No space left")
        self.assertEqual(sorted(name for _, _, names in os.walk(os.path.join(self.chronicle, "objects")) for name in names), objects)
        self.check_sound(captures=1)
        self.add(large, expect=DONE)
        self.check_sound(captures=2)

    def test_a_full_file_system_loses_nothing(self):
        mounted = os.path.join(self.root, "small")
        os.makedirs(mounted)
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mounted],
                                               capture_output=True, check=False).returncode != 0:
            self.skipTest("this user may not mount a small file system")
        try:
            self.chronicle = os.path.join(mounted, "chronicle")
            self.run_gavah("init", self.chronicle, "--unprotected", expect=DONE)
            taken = 0
            for i in range(40):
                path = self.file(f"full/{i}.txt", f"Police arrested {i} people in Velmar on 4 May 2031.\n" * 6_000)
                status, _, complaint = self.add(path)
                if status != DONE:
                    break
                taken += 1
            self.assertEqual(status, ENVIRONMENT, complaint)
            self.assertRegex(complaint, "(?i)no space|full|disk")
            self.assertEqual(len(self.listed("captures")), taken)
            self.run_gavah("verify", self.chronicle, expect=DONE)
        finally:
            subprocess.run(["umount", mounted], check=False)

    def test_a_killed_program_keeps_what_it_acknowledged(self):
        for i in range(400):
            self.file(f"in/{i:04}.html", PAGE.format(i))
        for pause in (0.05, 0.15, 0.4):
            child = subprocess.Popen([GAVAH, "add", self.chronicle, os.path.join(self.root, "in")], env=self.environment,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(pause)
            child.kill()
            child.wait()
            captures = len(self.listed("captures"))
            self.check_sound(captures=captures)


if __name__ == "__main__":
    unittest.main()
