#!/usr/bin/env python3
"""Runs the program over examples/case and compares the events that it derives with examples/case/truth.tsv.

    example_test.py --gavah build/release/gavah [--write]

Prints one table a question (which events, when, where, how many, how sure), true beside derived. The tables as last
looked through are kept in example_events.txt; --write renews it. The test fails when an answer that is right there is
wrong now, or when an event is derived that never was and does not stand there. What became better is said, and passes.
"""
import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASE = HERE.parent.parent / "examples" / "case"
GOLDEN = HERE / "example_events.txt"


def run(gavah, *arguments):
    done = subprocess.run([gavah, *arguments], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"gavah {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def lines(gavah, chronicle, kind):
    return [json.loads(line) for line in run(gavah, "list", chronicle, kind, "--json").splitlines() if line]


def derive(gavah):
    """Makes a chronicle of the example case and gives its items by kind."""
    with tempfile.TemporaryDirectory() as folder:
        chronicle = str(pathlib.Path(folder) / "narvania")
        run(gavah, "init", chronicle, "--unprotected", "--gazetteer", str(CASE / "gazetteer.tsv"))
        run(gavah, "source", chronicle, "import", str(CASE / "sources.csv"))
        run(gavah, "add", "--sidecars", chronicle, str(CASE / "inbox"))
        run(gavah, "derive", chronicle)
        return {kind: lines(gavah, chronicle, kind) for kind in ("captures", "reports", "claims", "events", "lineages", "victims")}


def read_truth(name="truth.tsv"):
    rows = (CASE / name).read_text(encoding="utf-8").splitlines()
    header = rows[0].split("\t")
    return [dict(zip(header, row.split("\t"))) for row in rows[1:]]


def day(text):
    return datetime.date.fromisoformat(text[:10])


class Derived:
    """An event with the words that the tables show of it."""

    def __init__(self, event, items):
        self.event = event
        time = event["time"] or {}
        self.start = day(time["start"]) if time.get("start") else None
        self.end = None
        if time.get("end"):
            moment = datetime.datetime.fromisoformat(time["end"].replace("Z", "+00:00"))
            self.end = (moment - datetime.timedelta(seconds=1)).date()
        self.place_ids = [place["id"] for place in event["places"]]
        self.place = event["places"][0]["name"] if event["places"] else "unknown"
        self.paths = [step for place in event["places"] for step in place["path"]]
        names = {capture["id"]: re.sub(r"^.*?inbox/", "", capture["name"]) for capture in items["captures"]}
        reports = {report["id"]: report for report in items["reports"]}
        claims = {claim["id"]: claim for claim in items["claims"]}
        told = [reports[claims[claim]["report"]] for claim in event["claims"] if claim in claims]
        self.files = {names[report["capture"]] for report in told}
        self.counts = {c["kind"]: (c["low"], c["high"]) for c in event["counts"] if not c.get("lineage")}

    def time_text(self):
        if self.start is None and self.end is None:
            return "unknown"
        return f"{self.start or '...'} to {self.end or '...'}" if self.start != self.end else str(self.start)

    def overlaps(self, row):
        start, end = day(row["start"]), day(row["end"])
        return (self.start is None or self.start <= end) and (self.end is None or self.end >= start)


def true_files(row):
    return {report.split("#")[0] for report in row["reports"].split()}


def likeness(row, derived):
    """How well a derived event answers to a true one; 0 when it does not."""
    if row["act"] != derived.event["act"] or (row["extent"] == "umbrella") != (derived.event["extent"] == "umbrella"):
        return 0
    if not derived.overlaps(row):
        return 0
    shared = len(true_files(row) & derived.files)
    if shared == 0:
        return 0
    return shared + (5 if row["place_id"] in derived.place_ids[:1] else 0) + (3 if derived.start == day(row["start"]) else 0)


def match(truth, derived):
    """Pairs each true event with the one derived event that answers best, the surest pairs first."""
    pairs = sorted(
        ((likeness(row, event), -i, -k) for i, row in enumerate(truth) for k, event in enumerate(derived)), reverse=True)
    partner, taken = {}, set()
    for fit, i, k in pairs:
        if fit > 0 and -i not in partner and -k not in taken:
            partner[-i] = derived[-k]
            taken.add(-k)
    return partner, [event for k, event in enumerate(derived) if k not in taken]


def interval_text(low, high):
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low if low is not None else '?'} to {high}"


def true_counts(row):
    out = {}
    for entry in filter(None, row["counts"].split(", ")):
        kind, interval = entry.split(" ")
        low, _, high = interval.partition("-")
        out[kind] = (int(low), int(high) if high else None)
    return out


def counts_agree(wanted, found):
    """Each true interval shares a number with the derived one."""
    for kind, (low, high) in wanted.items():
        if kind not in found:
            return False
        found_low, found_high = found[kind]
        if found_high is not None and found_high < low:
            return False
        if high is not None and found_low is not None and found_low > high:
            return False
    return True


def counts_text(counts):
    return ", ".join(f"{kind} {interval_text(*counts[kind])}" for kind in sorted(counts)) or "-"


QUESTIONS = {
    "time": ("When was it?", lambda row: f"{row['start']} to {row['end']}" if row["start"] != row["end"] else row["start"],
             lambda d: d.time_text(), lambda row, d: d.start == day(row["start"]) and d.end == day(row["end"])),
    "place": ("Where was it?", lambda row: row["place"], lambda d: d.place,
              lambda row, d: d.place_ids[:1] == [row["place_id"]]),
    "extent": ("Did it go on?", lambda row: row["extent"], lambda d: d.event["extent"],
               lambda row, d: row["extent"] == d.event["extent"]),
    "counts": ("How many people? (what the rule chooses)", lambda row: counts_text(true_counts(row)),
               lambda d: counts_text(d.counts), lambda row, d: counts_agree(true_counts(row), d.counts)),
    "status": ("How sure is it?", lambda row: row["status"], lambda d: d.event["status"],
               lambda row, d: row["status"] == d.event["status"]),
    "lineages": ("How many independent lineages assert it?", lambda row: row["lineages"],
                 lambda d: str(d.event["lineages"]), lambda row, d: int(row["lineages"]) == d.event["lineages"]),
    "reports": ("Which files tell of it?", lambda row: " ".join(sorted(true_files(row))),
                lambda d: " ".join(sorted(d.files)), lambda row, d: true_files(row) == d.files),
}


def table(title, rows, header=("event", "true", "derived", "")):
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    out = [title, "-" * len(title)]
    for row in [header, *rows]:
        out.append("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())
    return "\n".join(out) + "\n"


def victim_text(name, age, condition):
    return f"{name or 'nameless'}, {age or '?'}, {condition or '?'}"


def compare_victims(truth, partner, victims):
    """Persons by the event they are victims of: each true one beside the derived one of that event, name and age."""
    known = {row["event"]: row for row in read_truth("victims.tsv")}
    key_of = {partner[i].event["id"]: row["key"] for i, row in enumerate(truth) if i in partner}
    rows, found = [], set()
    for victim in victims:
        attributes = json.loads(victim["attributes"]) if isinstance(victim["attributes"], str) else victim["attributes"]
        text = victim_text(" / ".join(victim["names"]), "/".join(map(str, attributes["ages"])), "/".join(attributes["conditions"]))
        for key in sorted(key_of.get(event, "no true event") for event in victim["events"]):
            row = known.get(key)
            wanted = victim_text(row["name"], row["age"], row["condition"]) if row else "nobody"
            rows.append((key, wanted, text, "" if wanted == text and victim["claims"] else "DIFFERS"))
            found.add(key)
    rows += [(key, victim_text(row["name"], row["age"], row["condition"]), "-", "MISSED") for key, row in known.items() if key not in found]
    return table("Who is told of as a victim?", sorted(rows))


def compare(truth, derived, victims):
    partner, invented = match(truth, derived)
    scores = {"found": len(partner)}
    out = [table("Which events were found?", [
        (row["key"], row["act"], "yes" if i in partner else "-", "" if i in partner else "MISSED") for i, row in enumerate(truth)])]
    for slot, (title, wanted, found, agrees) in QUESTIONS.items():
        rows = []
        for i, row in enumerate(truth):
            if i in partner:
                rows.append((row["key"], wanted(row), found(partner[i]), "" if agrees(row, partner[i]) else "DIFFERS"))
        scores[slot] = sum(row[3] == "" for row in rows)
        if slot == "reports":  # lists of files are shown where they differ only, one below the other
            out.append(f"{title} (where it differs)\n")
            out += [f"{key}\n  true     {want}\n  derived  {got}\n" for key, want, got, mark in rows if mark]
        else:
            out.append(table(title, rows))
    out.append(compare_victims(truth, partner, victims))
    out.append(table("Which derived events never were?", sorted(
        (d.event["act"], d.time_text(), d.place, d.event["extent"] + ", from " + " ".join(sorted(d.files))) for d in invented),
        header=("act", "time", "place", "")))
    total = len(truth)
    out.append(table("How much is right?", [(slot, scores[slot], total if slot == "found" else scores["found"]) for slot in scores]
                     + [("never were", len(invented), len(derived))], header=("question", "right", "of")))
    return "\n".join(out)


def rows_of(text):
    """The rows of the tables: (title, first cells) to whether the row is marked as wrong."""
    out, title = {}, ""
    blocks = text.split("\n\n")
    for block in blocks:
        rows = [row for row in block.splitlines() if row]
        if len(rows) > 1 and set(rows[1]) == {"-"}:
            title, rows = rows[0], rows[3:]
        invented = title.startswith("Which derived")
        for row in rows:
            cells = re.split(r"\s{2,}", row.strip())
            out[(title, "  ".join(cells) if invented else cells[0])] = invented or cells[-1] in ("DIFFERS", "MISSED")
    return out


def worse_than(golden, text):
    """What is wrong in `text` and was not in `golden`."""
    before, now = rows_of(golden), rows_of(text)
    return [f"{title} {row}" for (title, row), is_wrong in now.items()
            if is_wrong and not before.get((title, row), title.startswith("Which files"))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gavah", required=True)
    parser.add_argument("--write", action="store_true", help="renew the tables that are kept")
    arguments = parser.parse_args()
    items = derive(arguments.gavah)
    text = compare(read_truth(), [Derived(event, items) for event in items["events"]], items["victims"])
    print(text)
    if arguments.write:
        GOLDEN.write_text(text, encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8")
    failures = worse_than(golden, text)
    if golden != text:
        print(f"the tables differ from {GOLDEN.name}; read them, then renew it with --write")
    for failure in failures:
        print("FAILED", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
