#!/usr/bin/env python3
"""What `gavah show` prints to reach a part's bytes works in a plain shell, and ends with those bytes.

Reads the program's path from $GAVAH. Each test's name is a claim.
"""
import gzip
import html
import json
import os
import shutil
import subprocess
import tempfile
import unittest
import zipfile
import zlib

GAVAH = os.environ["GAVAH"]

PARAGRAPHS = ("<p>Dockers &amp; drivers of Anselm left their work on 4 May 2031, and the whole port of the city stood still; "
              "&quot;three&quot; wit<b>ness</b>es said so.</p><p>Police arrested 12 people in Velmar on the same day, and let "
              "nine of them go at night.</p>")
PAGE = f"<html><head><title>Strike</title></head><body><article><h1>Strike in Anselm</h1>{PARAGRAPHS}</article></body></html>"
PERSIAN = ("<html><head><meta charset=windows-1256></head><body><article><p>کارگران بندر در روز دوشنبه دست از کار کشيدند، و "
           "تا شب در ميدان بودند و سرود سر دادند.</p></article></body></html>")


def chunked(body, size=100):
    pieces = [body[at:at + size] for at in range(0, len(body), size)]
    return b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in pieces) + b"0\r\n\r\n"


def tool(command, body):
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout


def raw_deflate(body):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def record(number, header, body):
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n".encode() + body
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"WARC-Date: 2031-05-06T00:00:00Z\r\nWARC-Target-URI: https://gazette.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode()
    return head + block + b"\r\n\r\n"


def web_archive():
    body = PAGE.encode()
    records = [
        record(1, "", body),
        record(2, "Transfer-Encoding: chunked\r\n", chunked(body)),
        record(3, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(gzip.compress(body))),
        record(4, "Content-Encoding: br\r\n", tool(["brotli", "-c"], body)),
        record(5, "Content-Encoding: deflate\r\n", zlib.compress(body)),
        record(6, "Content-Encoding: deflate\r\n", raw_deflate(body)),
        record(7, "Content-Encoding: zstd\r\n", tool(["zstd", "-c"], body)),
    ]
    return records


class Walk(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="gavah-walk-")
        self.addCleanup(shutil.rmtree, self.root, True)
        os.symlink(os.path.abspath(GAVAH), os.path.join(self.root, "gavah"))
        self.environment = dict(os.environ, XDG_STATE_HOME=os.path.join(self.root, "state"), LC_ALL="C.UTF-8",
                                PATH=self.root + os.pathsep + os.environ["PATH"])
        self.chronicle = os.path.join(self.root, "a desk's case")
        self.gavah("init", self.chronicle, "--unprotected")

    def gavah(self, *words, status=0):
        done = subprocess.run([GAVAH, *words], capture_output=True, env=self.environment, check=False)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout.decode()

    def add(self, name, content):
        path = os.path.join(self.root, name)
        with open(path, "wb") as out:
            out.write(content)
        self.gavah("add", self.chronicle, path)
        self.gavah("derive", self.chronicle)

    def lines(self, kind):
        return [json.loads(line) for line in self.gavah("list", self.chronicle, kind, "--json").splitlines()]

    def shell(self, commands):
        work = tempfile.mkdtemp(dir=self.root)
        done = subprocess.run(["sh", "-c", "\n".join(commands)], cwd=work, capture_output=True, env=self.environment, check=False)
        return work, done

    def walk_every_part(self):
        """Every part, by the commands that are printed for it."""
        parts = self.lines("parts")
        self.assertTrue(parts)
        for part in parts:
            shown = self.gavah("show", self.chronicle, f"{part['capture']}:{part['part']}")
            commands = [line[4:] for line in shown.split("Walk there:\n")[1].splitlines()]
            work, done = self.shell(commands)
            with open(os.path.join(work, "part"), "rb") as file:
                found = file.read()
            self.assertEqual(len(found), part["size_bytes"], f"{commands}: {done.stderr}")
            self.assertTrue(done.stdout.decode().startswith(part["sha256"]), f"{commands}: {done.stderr}")
            direct = subprocess.run([GAVAH, "show", self.chronicle, f"{part['capture']}:{part['part']}", "--bytes"],
                                    capture_output=True, env=self.environment, check=True).stdout
            self.assertEqual(direct, found)
        return parts

    def walk_words(self, report, words, decode):
        passage = json.loads(self.gavah("show", self.chronicle, report["id"], "--words", words, "--json"))
        self.assertEqual(passage["words"], words)
        commands = passage["commands"]
        _, done = self.shell(commands[:-2] + commands[-1:])  # without the checksum's line
        self.assertEqual(done.stdout.hex(), passage["hex"], done.stderr)
        self.assertEqual(decode(done.stdout), words)
        for text_begin, text_end, begin, end in passage["map"]:
            source = done.stdout[begin - passage["bytes"][0]:end - passage["bytes"][0]]
            self.assertEqual(decode(source), report["text"].encode()[text_begin:text_end].decode())
        return passage

    def test_a_page_is_reached_and_its_words_decode(self):
        self.add("page.html", PAGE.encode())
        self.walk_every_part()
        report = self.lines("reports")[0]
        unescaped = lambda source: html.unescape(source.decode()).replace("<b>", "").replace("</b>", "")
        for words in ("Dockers & drivers of Anselm", "\"three\" witnesses said", "12 people", "Police"):
            self.walk_words(report, words, unescaped)
        shown = self.gavah("show", self.chronicle, report["id"], "--words", "Dockers & drivers")
        self.assertIn("(&amp;) stand for \u201c&\u201d", shown)
        self.assertIn(b"Dockers &amp; dr".hex()[:4], shown)

    def test_a_page_in_windows_1256_is_reached_and_its_words_decode(self):
        self.add("page.html", PERSIAN.replace("ک", "ك").encode("windows-1256"))
        self.walk_every_part()
        report = self.lines("reports")[0]
        for words in ("در روز دوشنبه", "سرود سر دادند"):
            self.walk_words(report, words, lambda source: source.decode("windows-1256"))

    def test_records_of_web_archives_are_reached_through_every_coding(self):
        records = web_archive()
        self.add("plain.warc", b"".join(records))
        self.add("packed.warc.gz", b"".join(gzip.compress(r) for r in records))
        self.add("whole.warc.gz", gzip.compress(b"".join(records)))
        parts = self.walk_every_part()
        self.assertEqual(len(parts), 3 * len(records))
        used = {step["decoder"] for part in parts for step in part["chain"]}
        self.assertLessEqual({"http", "gzip", "dechunk", "brotli", "deflate", "zstd"}, used)
        for report in self.lines("reports")[:3]:
            self.walk_words(report, "12 people", lambda source: source.decode())

    def test_members_of_a_zip_are_reached_stored_and_deflated(self):
        path = os.path.join(self.root, "pages.zip")
        with zipfile.ZipFile(path, "w") as out:
            out.writestr("stored.html", PAGE, zipfile.ZIP_STORED)
            out.writestr("deflated.html", PAGE, zipfile.ZIP_DEFLATED)
        self.gavah("add", self.chronicle, path)
        self.gavah("derive", self.chronicle)
        self.assertEqual(len(self.walk_every_part()), 2)

    def test_posts_and_rows_are_reached_and_escapes_decode(self):
        text = "Dockers of \"Anselm\" left work\u2014all of them: سلام"
        export = {"name": "Port news", "type": "public_channel", "id": 1, "messages": [
            {"id": 1, "type": "message", "date": "2031-05-04T10:00:00", "date_unixtime": "1935568800", "from": "Port news",
             "text": text}]}
        self.add("result.json", json.dumps(export).encode())
        self.add("rows.csv", "date,source,text\n2031-05-04,Gazette,\"They said \"\"no\"\" twice\"\n".encode())
        self.walk_every_part()
        reports = {report["kind"]: report for report in self.lines("reports")}
        self.walk_words(reports["message"], text, lambda source: json.loads(b'"' + source + b'"'))
        self.walk_words(reports["row"], "said \"no\" twice", lambda source: source.decode().replace('""', '"'))

    def test_a_span_of_a_word_is_widened_to_whole_letters_and_others_are_refused(self):
        self.add("page.html", PAGE.encode())
        report = self.lines("reports")[0]
        size = len(report["text"].encode())
        for span in ("0:0", f"0:{size + 1}", "5:3", "x", "1:", "1:2:3"):
            self.gavah("show", self.chronicle, report["id"], "--span", span, status=3)
        self.gavah("show", self.chronicle, report["id"], "--words", "no such words", status=3)
        self.gavah("show", self.chronicle, report["id"], "--words", "Police", "--bytes", status=2)
        shown = json.loads(self.gavah("show", self.chronicle, report["id"], "--span", f"0:{size}", "--json"))
        self.assertEqual(shown["words"], report["text"])

    def test_a_claim_says_how_to_see_its_passage(self):
        self.add("page.html", PAGE.encode())
        claim = self.lines("claims")[0]
        shown = self.gavah("show", self.chronicle, claim["id"])
        command = next(line for line in shown.splitlines() if line.startswith("to see")).removeprefix("to see").strip()
        _, done = self.shell([command])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Walk there:", done.stdout)

    def test_an_address_shows_its_versions_and_what_changed_in_them(self):
        address = "https://gazette.example/strike"

        def take(day, page):
            path = os.path.join(self.root, f"{day}.html")
            with open(path, "w", encoding="utf-8") as out:
                out.write(page)
            about = os.path.join(self.root, "about.json")
            with open(about, "w", encoding="utf-8") as out:
                json.dump({"url": address, "captured": f"2031-05-{day:02}T08:00:00Z"}, out)
            self.gavah("add", self.chronicle, path, "--about", about)

        take(7, PAGE.replace("12 people", "15 people").replace("on the same day,", "on the same day, as the ministry confirmed,"))
        take(5, PAGE)
        take(6, "<html><head><title>Log in</title></head><body><p>Please log in to continue.</p></body></html>")
        take(8, PAGE.replace("12 people", "15 people").replace("on the same day,", "on the same day, as the ministry confirmed,") + "<!-- -->")
        self.add("other.html", PAGE.encode())
        self.gavah("derive", self.chronicle)
        shown = json.loads(self.gavah("show", self.chronicle, "http://www.gazette.example/strike/?utm_source=x", "--versions", "--json"))
        self.assertEqual([version["taken"][:10] for version in shown["versions"]],
                         ["2031-05-05", "2031-05-06", "2031-05-07", "2031-05-08"])
        first, wall, third, fourth = shown["versions"]
        self.assertEqual(wall["hollow"], "login wall")
        self.assertEqual((first["against"], wall["against"], third["against"]), (None, None, first["report"]))
        self.assertEqual([(change["kind"], change["words"]) for change in third["changes"]],
                         [("out", "12"), ("in", "15"), ("in", "as the ministry confirmed,")])
        self.assertEqual((fourth["against"], fourth["changes"]), (third["report"], []))
        text = self.gavah("show", self.chronicle, first["report"], "--versions")
        self.assertIn("Police arrested [-12-] {+15+} people in Velmar on the same day, {+as the ministry confirmed,+} and let", text)
        self.assertIn("hollow: login wall", text)
        self.assertIn("the same words as 3", text)
        self.gavah("show", self.chronicle, "https://gazette.example/none", "--versions", status=3)


if __name__ == "__main__":
    unittest.main()
