#!/usr/bin/env python3
"""Coding as a researcher meets it: why a claim is as it is, what another codebook changes, the codebook itself.

Reads the program's path from $GAVAH. Each test's name is a claim.
"""
import json
import os
import re
import shutil
import unittest

from cli_test import CASE, Chronicle

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
ARTICLE = """<html><head><title>{title}</title>
<meta property="article:published_time" content="2031-05-05T08:00:00Z"></head><body><article>
<p>{text}</p></article></body></html>"""
ENGLISH = ("Security forces killed three people in Morvand on 4 May 2031, doctors near Velmar said on Monday. "
           "The families demanded the release of prisoners. Lena Varzin, 27, was arrested in Velmar on 4 May 2031.")
PERSIAN = "نیروهای امنیتی روز یکشنبه ۱۲ نفر از معترضان را در مروند بازداشت کردند. اگر تجمع کنند بازداشت خواهند شد."
ARABIC = "اعتقلت الشرطة 12 عاملا يوم الأحد. نفت الوزارة مقتل ثلاثة متظاهرين يوم الأحد."

# A page of one short sentence has no main text.
PADDING = " The weather was mild and the streets were dry. The shops of the old town had opened at eight as on other days."

KILLING = """\
act         killing
    + killing: its words name the act [lexicon/en/triggers.tsv]; bytes 16 to 22 “killed”

stage       occurred
    + no word says otherwise, and such an act does not last

polarity    asserted
    + no word of denial, doubt or correction reaches it
"""
KILLING_TIME = """\
time        2031-05-04 to 2031-05-04 (T1, gregorian calendar)
    + of the times in the sentence it stands nearest to the words of the act; bytes 50 to 60 “4 May 2031”
    - 2031-05-05 (T2): it says when it was told; bytes 90 to 96 “Monday”

place       at Morvand (G1)
    + of the places in the sentence it stands nearest to the words of the act, or is joined to it; bytes 39 to 46 “Morvand”
    - Velmar (G2): another place stands nearer to the words of the act; bytes 75 to 81 “Velmar”
"""


def told(test, *texts):
    """A chronicle of articles with these texts."""
    chronicle = Chronicle(test, "--unprotected", "--gazetteer", os.path.join(CASE, "gazetteer.tsv"))
    for number, text in enumerate(texts):
        page = chronicle.file(f"in/page{number}.html", ARTICLE.format(title="News", text=text))
        chronicle.run("add", chronicle.path, page)
    chronicle.run("derive", chronicle.path)
    return chronicle


def claim_of(chronicle, act):
    return next(claim for claim in chronicle.lines("claims") if claim["act"] == act)


def without_rows(text):
    """Lines of the lexicons move when rows are added."""
    return re.sub(r"(\.tsv):\d+\]", r"\1]", text)


class Why(unittest.TestCase):
    def test_a_claim_says_which_words_and_rules_made_it_and_what_lost(self):
        chronicle = told(self, ENGLISH)
        shown = without_rows(chronicle.run("show", chronicle.path, claim_of(chronicle, "killing")["id"], "--why"))
        self.assertIn("coded again as stored, in every slot\n", shown)
        self.assertIn(KILLING, shown)
        self.assertIn(KILLING_TIME, shown)

    def test_names_of_persons_are_withheld(self):
        chronicle = told(self, ENGLISH)
        arrest = claim_of(chronicle, "arrest")
        self.assertEqual(arrest["persons"][0]["name"], "Lena Varzin")
        why = json.loads(chronicle.run("show", chronicle.path, arrest["id"], "--why", "--json"))
        self.assertNotIn("Lena", json.dumps(why))
        shown = chronicle.run("show", chronicle.path, arrest["id"], "--why")
        person = shown.split("\nperson ")[1].split("\n\n")[0]
        self.assertIn("detainee, age 27, arrested", person)
        self.assertIn("(words withheld)", person)
        self.assertNotIn("Lena", person)

    def test_a_report_says_what_named_an_act_and_was_not_coded(self):
        chronicle = told(self, ENGLISH, PERSIAN)
        for report in chronicle.lines("reports"):
            left = json.loads(chronicle.run("show", chronicle.path, report["id"], "--why", "--json"))["left_out"]
            found = [(note["value"], note["words"], note["rule"], note["cue"], note["by"]) for note in left]
            if "Security" in report["text"]:
                self.assertIn(("release", "release of", "it is what is demanded", "demand", "demanded"), found)
            else:
                self.assertIn(("gathering", "تجمع", "it is a condition", "condition", "اگر"), found)

    def test_spans_are_bytes_of_the_text_in_persian_and_arabic(self):
        chronicle = told(self, PERSIAN, ARABIC)
        seen = 0
        for report in chronicle.lines("reports"):
            text = report["text"].encode()
            why = json.loads(chronicle.run("show", chronicle.path, report["id"], "--why", "--json"))
            self.assertGreaterEqual(len(why["claims"]), 1, report["text"])
            for claim in why["claims"]:
                self.assertEqual(claim["standing"], "same")
                for slot in claim["slots"]:
                    for note in slot["taken"] + slot["rejected"]:
                        for words, span in ((note["words"], note["span"]), (note["by"], note["by_span"])):
                            if span:
                                self.assertEqual(text[span[0]:span[1]].decode(), words)
                                seen += 1
        self.assertGreater(seen, 10)

    def test_a_correction_is_told_apart_from_what_the_codebook_gives(self):
        chronicle = told(self, ENGLISH)
        claim = claim_of(chronicle, "killing")["id"]
        chronicle.run("decide", chronicle.path, "correct", claim, "--slot", "count:killed", "--value", "2", "--reason", "one survived")
        chronicle.run("derive", chronicle.path)
        shown = chronicle.run("show", chronicle.path, claim, "--why")
        self.assertIn("coded again NOT as stored:", shown)
        self.assertIn("count:killed: stored killed 2 to 2, this act, coded now killed 3 to 3, this act; corrected by", shown)
        self.assertIn("one survived (decision ", shown)
        why = json.loads(chronicle.run("show", chronicle.path, claim, "--why", "--json"))["claims"][0]
        self.assertEqual((why["standing"], [change["slot"] for change in why["differences"]]), ("differs", ["count:killed"]))

    def test_a_claim_coded_by_hand_has_no_rules_and_says_what_the_program_makes_of_the_passage(self):
        chronicle = told(self, ENGLISH)
        chronicle.run("decide", chronicle.path, "code", claim_of(chronicle, "killing")["id"], "--reason", "the photo shows it",
                      "--value", json.dumps({"act": "blockade", "time": {"start": "2031-05-04", "end": "2031-05-05", "precision": "T1"}}))
        chronicle.run("derive", chronicle.path)
        shown = chronicle.run("show", chronicle.path, claim_of(chronicle, "blockade")["id"], "--why")
        self.assertIn("a person coded it: no rule of the program made it", shown)
        self.assertIn("of the passage the program makes claim " + claim_of(chronicle, "killing")["id"], shown)
        self.assertIn("the photo shows it", shown)

    def test_only_claims_and_reports_have_a_why(self):
        chronicle = told(self, ENGLISH)
        chronicle.run("show", chronicle.path, chronicle.lines("captures")[0]["id"], "--why", status=3)
        chronicle.run("show", chronicle.path, "no id", "--why", status=3)
        chronicle.run("show", chronicle.path, claim_of(chronicle, "killing")["id"], "--why", "--bytes", status=2)


def without_trigger(lines):
    """The English trigger rows without those that start so."""
    with open(os.path.join(DATA, "lexicon/en/triggers.tsv"), encoding="utf-8") as file:
        return "".join(row for row in file if not any(row.startswith(line + "\t") for line in lines))


class Compare(unittest.TestCase):
    def compared(self, chronicle, book, status):
        lines = [json.loads(line) for line in chronicle.run("code", chronicle.path, "--compare", book, "--json", status=status).splitlines()]
        return lines[:-1], lines[-1]

    def book(self, chronicle, **files):
        for name, content in files.items():
            chronicle.file("book/" + name.replace("__", "/") + ".tsv", content)
        return os.path.join(chronicle.root, "book")

    def test_the_same_codebook_changes_nothing_and_ends_with_status_0(self):
        chronicle = told(self, ENGLISH, PERSIAN, ARABIC)
        out = os.path.join(chronicle.root, "book")
        shutil.copytree(os.path.join(DATA, "lexicon"), os.path.join(out, "lexicon"))
        shutil.copytree(os.path.join(DATA, "codebook"), os.path.join(out, "codebook"))
        claims, total = self.compared(chronicle, out, 0)
        self.assertEqual(claims, [])
        self.assertEqual(total["claims"]["before"], len(chronicle.lines("claims")))

    def test_lost_added_and_changed_claims_are_told_with_their_slots_and_totals(self):
        chronicle = told(self, ENGLISH, PERSIAN)
        before = without_trigger(["kill~v"])
        book = self.book(chronicle, lexicon__en__triggers=before + "release of\trelease\tn\ndemanded\tgathering\tv\n",
                         lexicon__fa__actors="معترضان\tstudents\n")
        claims, total = self.compared(chronicle, book, 1)
        found = {(claim["kind"], claim["act"], claim["lang"]) for claim in claims}
        self.assertIn(("lost", "killing", "en"), found)
        self.assertIn(("added", "gathering", "en"), found)
        changed = next(claim for claim in claims if claim["kind"] == "changed" and claim["lang"] == "fa")
        change = next(change for change in changed["changes"] if change["slot"] == "target")
        self.assertEqual((change["from"], change["to"]), ("معترضان (protesters)", "معترضان (students)"))
        self.assertEqual(total["claims"]["lost"], sum(row["lost"] for row in total["languages"].values()))
        self.assertEqual(total["acts"]["killing"], {"before": 1, "after": 0, "added": 0, "lost": 1, "changed": 0})
        again = chronicle.run("code", chronicle.path, "--compare", book, "--json", "--threads", "1", status=1)
        self.assertEqual(again, chronicle.run("code", chronicle.path, "--compare", book, "--json", "--threads", "4", status=1))

    def test_reports_on_standard_input_are_compared_like_a_chronicle(self):
        chronicle = told(self, ENGLISH)
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["kill~v"]))
        lines = chronicle.run("list", chronicle.path, "decisions", "--json") + chronicle.run("list", chronicle.path, "reports", "--json")
        told_lines = chronicle.run("code", "--gazetteer", os.path.join(CASE, "gazetteer.tsv"), "--compare", book, stdin=lines, status=1)
        self.assertIn("  lost    killing asserted (occurred); 2031-05-04", told_lines)
        self.assertIn("1 reports                    2         1         0         1         0\n", told_lines)

    def test_claims_that_a_person_decided_on_are_named_and_stay_decided(self):
        chronicle = told(self, ENGLISH)
        killing, arrest = claim_of(chronicle, "killing"), claim_of(chronicle, "arrest")
        corrected = json.loads(chronicle.run("decide", chronicle.path, "correct", killing["id"], "--slot", "count:killed", "--value", "2",
                                             "--reason", "one survived", "--json"))["id"]
        chronicle.run("decide", chronicle.path, "reject", arrest["id"], "--slot", "arrest", "--reason", "a rumour")
        chronicle.run("decide", chronicle.path, "code", killing["id"], "--reason", "the photo shows it",
                      "--value", json.dumps({"act": "blockade", "time": {"start": "2031-05-04", "end": "2031-05-05", "precision": "T1"}}))
        chronicle.run("derive", chronicle.path)
        events = {event["act"] for event in chronicle.lines("events")}
        self.assertEqual(events, {"killing", "blockade"})

        # Another lexicon finds other words in the same sentence: the correction holds for what it finds there.
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["kill~v"]) + "killed three\tkilling\tv\n")
        claims, total = self.compared(chronicle, book, 1)
        self.assertEqual([(claim["kind"], claim["decisions"]) for claim in claims], [("changed", [corrected])])
        self.assertEqual((total["by_hand"], total["orphaned"]), (1, []))
        chronicle.run("derive", chronicle.path, "--codebook", book)
        after = claim_of(chronicle, "killing")
        self.assertNotEqual(after["id"], killing["id"])
        self.assertEqual([(count["low"], count["high"]) for count in after["counts"] if count["kind"] == "killed"], [(2, 2)])
        self.assertEqual(claim_of(chronicle, "blockade")["coded_by"], "person")
        self.assertEqual({event["act"] for event in chronicle.lines("events")}, {"killing", "blockade"})
        self.assertIn("count:killed: stored killed 2 to 2", chronicle.run("show", chronicle.path, after["id"], "--why"))

        # A lexicon that finds nothing there leaves the correction without a claim: that is said, and waits for a person.
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["kill~v"]))
        claims, total = self.compared(chronicle, book, 1)
        self.assertEqual(total["orphaned"], [corrected])
        self.assertIn("would meet no claim any more", chronicle.run("code", chronicle.path, "--compare", book, status=1))
        chronicle.run("derive", chronicle.path, "--codebook", book)
        self.assertIn(corrected, "".join(json.loads(chronicle.run("status", chronicle.path, "--json"))["orphans"]))
        self.assertEqual(claim_of(chronicle, "blockade")["coded_by"], "person")

        # And back: everything is as it was.
        chronicle.run("derive", chronicle.path, "--codebook", "built-in")
        self.assertEqual({claim["id"] for claim in chronicle.lines("claims") if claim["act"] == "killing"}, {killing["id"]})
        self.assertEqual({event["act"] for event in chronicle.lines("events")}, {"killing", "blockade"})
        self.assertEqual(json.loads(chronicle.run("status", chronicle.path, "--json"))["orphans"], [])

    def test_who_acted_who_suffered_and_who_vouches_are_corrected_like_any_slot_and_stay_so(self):
        chronicle = told(self, ENGLISH)
        arrest = claim_of(chronicle, "arrest")["id"]
        corrections = {
            "attribution": json.dumps({"attribution": "witness", "speaker": {"name": "a neighbour", "class": "civilians"}}),
            "actor": json.dumps({"name": "plain-clothes men", "class": "security forces"}),
            "target": "[]",
            "person": json.dumps([{"name": "Lena Varzin", "role": "detainee", "age": 28, "condition": "arrested"}]),
        }
        decided = [json.loads(chronicle.run("decide", chronicle.path, "correct", arrest, "--slot", slot, "--value", value,
                                            "--reason", "the family wrote", "--json"))["id"] for slot, value in corrections.items()]
        chronicle.run("derive", chronicle.path)

        def slots(claim):
            return (claim["attribution"], claim["speaker"]["name"], [actor["class"] for actor in claim["actors"]], claim["targets"],
                    [(person["name"], person["age"]) for person in claim["persons"]])
        wanted = ("witness", "a neighbour", ["security forces"], [], [("Lena Varzin", 28)])
        claim = claim_of(chronicle, "arrest")
        self.assertEqual(slots(claim), wanted)
        self.assertIsNotNone(claim["persons"][0]["span"], "whom the program named keeps the words")
        shown = chronicle.run("show", chronicle.path, arrest, "--why")
        for told_slot in ("attribution: stored witness", "speaker: stored a neighbour (civilians)", "actor: stored plain-clothes men (security forces)",
                          "person: stored detainee, age 28, arrested, coded now detainee, age 27, arrested; corrected by"):
            self.assertIn(told_slot, shown)
        self.assertNotIn("28,", shown.split("passage", 1)[1], "names and ages stand in the decision alone")

        # Another lexicon codes the sentence in other words: it is said which claims a person decided on, and they stay so.
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["arrest~v"]) + "was arrested\tarrest\tv\n")
        claims, total = self.compared(chronicle, book, 1)
        self.assertEqual([claim["decisions"] for claim in claims if claim["act"] == "arrest"], [decided])
        self.assertEqual(total["orphaned"], [])
        chronicle.run("derive", chronicle.path, "--codebook", book)
        after = claim_of(chronicle, "arrest")
        self.assertNotEqual(after["id"], arrest)
        self.assertEqual(slots(after), wanted)

        # One that finds no arrest leaves all four waiting.
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["arrest~v"]))
        chronicle.run("derive", chronicle.path, "--codebook", book)
        orphans = "".join(json.loads(chronicle.run("status", chronicle.path, "--json"))["orphans"])
        self.assertEqual([one for one in decided if one not in orphans], [])

    def two_arrests(self):
        """A chronicle with one sentence of two arrests, and these."""
        chronicle = told(self, "Police arrested 12 workers in Morvand on 4 May 2031 and detained five teachers in Velmar on 3 May 2031." + PADDING)
        arrests = [claim for claim in chronicle.lines("claims") if claim["act"] == "arrest"]
        arrests.sort(key=lambda claim: claim["trigger"])
        self.assertEqual([claim["anchor"] for claim in arrests], [arrests[0]["anchor"]] * 2)
        return chronicle, [claim["id"] for claim in arrests]

    def decided(self, chronicle, verb, item, *options):
        return json.loads(chronicle.run("decide", chronicle.path, verb, item, *options, "--reason", "a mistake", "--json"))

    def kept(self, chronicle, arrests):
        """Of these claims, the acts of those that an event has; nothing waits for a person."""
        chronicle.run("derive", chronicle.path)
        self.assertEqual(json.loads(chronicle.run("status", chronicle.path, "--json"))["orphans"], [])
        acts = {claim: event["act"] for event in chronicle.lines("events") for claim in event["claims"]}
        return [acts.get(claim) for claim in arrests]

    def test_a_claim_is_rejected_alone_whatever_becomes_of_the_act_of_another_in_its_sentence(self):
        chronicle, arrests = self.two_arrests()
        correction = self.decided(chronicle, "correct", arrests[0], "--slot", "act", "--value", "abduction")
        self.assertEqual(self.kept(chronicle, arrests), ["abduction", "arrest"])
        rejection = self.decided(chronicle, "reject", arrests[1])
        self.assertEqual(rejection["slot"], "arrest 2 of 2", "one is left, but two were coded")
        self.assertEqual(self.kept(chronicle, arrests), ["abduction", None])
        self.assertIn(rejection["id"], chronicle.run("show", chronicle.path, arrests[1], "--why"))
        self.assertNotIn(rejection["id"], chronicle.run("show", chronicle.path, arrests[0], "--why"))
        self.decided(chronicle, "revoke", correction["id"])
        self.assertEqual(self.kept(chronicle, arrests), ["arrest", None])

    def test_decisions_on_claims_of_a_sentence_follow_one_another_without_a_derivation(self):
        chronicle, arrests = self.two_arrests()
        self.decided(chronicle, "correct", arrests[0], "--slot", "act", "--value", "abduction")
        self.decided(chronicle, "correct", arrests[0], "--slot", "count:arrested", "--value", "11")
        self.decided(chronicle, "reject", arrests[1])
        self.assertEqual(self.kept(chronicle, arrests), ["abduction", None])
        first = next(claim for claim in chronicle.lines("claims") if claim["id"] == arrests[0])
        self.assertEqual([count["low"] for count in first["counts"] if count["kind"] == "arrested"], [11])
        # Another codebook comparison meets the same claims by the same ranks.
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["detain~v"]))
        claims, total = self.compared(chronicle, book, 1)
        self.assertEqual(len(total["orphaned"]), 3, "it finds one arrest there")

    def test_a_lone_claim_whose_act_is_corrected_takes_the_next_correction_without_a_derivation(self):
        chronicle = told(self, ENGLISH)
        killing = claim_of(chronicle, "killing")["id"]
        self.decided(chronicle, "correct", killing, "--slot", "act", "--value", "abduction")
        self.decided(chronicle, "correct", killing, "--slot", "count:killed", "--value", "2")
        self.assertEqual(self.kept(chronicle, [killing]), ["abduction"])
        # Its act as stored or as coded, with its id, means it as well.
        for act in ("abduction", "killing"):
            self.assertEqual(self.decided(chronicle, "correct", killing, "--slot", act + "/stage", "--value", "ended")["slot"], "killing 1 of 1/stage")
        self.assertEqual(self.kept(chronicle, [killing]), ["abduction"])

    def test_who_names_a_claim_and_its_act_means_that_claim(self):
        chronicle, arrests = self.two_arrests()
        self.assertEqual(self.decided(chronicle, "correct", arrests[1], "--slot", "arrest/count:arrested", "--value", "6")["slot"],
                         "arrest 2 of 2/count:arrested")
        self.assertEqual(self.decided(chronicle, "reject", arrests[0], "--slot", "arrest")["slot"], "arrest 1 of 2")
        self.assertEqual(self.decided(chronicle, "correct", arrests[1], "--slot", "arrest 1 of 2/stage", "--value", "ended")["slot"],
                         "arrest 1 of 2/stage", "a rank is taken as it is said")
        self.assertEqual(self.kept(chronicle, arrests), [None, "arrest"])

    def test_of_two_claims_of_one_act_in_a_sentence_one_is_corrected_and_the_other_rejected(self):
        chronicle, ids = self.two_arrests()
        arrests = [next(claim for claim in chronicle.lines("claims") if claim["id"] == one) for one in ids]
        chronicle.run("decide", chronicle.path, "correct", arrests[1]["id"], "--slot", "count:arrested", "--value", "6", "--reason", "one came later")
        decided = json.loads(chronicle.run("decide", chronicle.path, "reject", arrests[0]["id"], "--reason", "a mistake", "--json"))
        self.assertEqual([decision["slot"] for decision in chronicle.lines("decisions")], ["arrest 2 of 2/count:arrested", "arrest 1 of 2"])
        chronicle.run("derive", chronicle.path)
        after = {claim["id"]: [count["low"] for count in claim["counts"]] for claim in chronicle.lines("claims") if claim["act"] == "arrest"}
        self.assertEqual(after[arrests[1]["id"]], [6])
        self.assertEqual(after.get(arrests[0]["id"], [12]), [12])
        self.assertEqual([event["claims"] for event in chronicle.lines("events") if event["act"] == "arrest"], [[arrests[1]["id"]]])
        self.assertNotIn(decided["id"], chronicle.run("show", chronicle.path, arrests[1]["id"], "--why"))
        self.assertIn(decided["id"], chronicle.run("show", chronicle.path, arrests[0]["id"], "--why"))

    def test_a_correction_that_cannot_be_read_is_refused_before_it_is_sealed(self):
        chronicle = told(self, ENGLISH)
        arrest = claim_of(chronicle, "arrest")["id"]
        for slot, value in (("mood", "grim"), ("attribution", "hearsay"), ("actor", "the police"), ("person", "[3]"), ("time", "soon")):
            chronicle.run("decide", chronicle.path, "correct", arrest, "--slot", slot, "--value", value, "--reason", "x", status=3)
        self.assertEqual(chronicle.lines("decisions"), [])

    def test_a_chronicle_keeps_the_codebook_that_it_took(self):
        chronicle = told(self, ENGLISH)
        book = self.book(chronicle, lexicon__en__triggers=without_trigger(["kill~v"]))
        chronicle.run("derive", chronicle.path, "--codebook", book)
        self.assertNotIn("killing", {claim["act"] for claim in chronicle.lines("claims")})
        shutil.rmtree(book)
        digest = json.loads(chronicle.run("rebuild", chronicle.path, "--json"))["index_digest"]
        self.assertEqual(json.loads(chronicle.run("derive", chronicle.path, "--json"))["index_digest"], digest)
        backup, restored = os.path.join(chronicle.root, "backup"), os.path.join(chronicle.root, "restored")
        chronicle.run("backup", chronicle.path, backup)
        chronicle.run("restore", backup, restored)
        self.assertEqual(json.loads(chronicle.run("rebuild", restored, "--json"))["index_digest"], digest)

    def test_a_codebook_that_cannot_be_read_is_refused_and_changes_nothing(self):
        chronicle = told(self, ENGLISH)
        book = self.book(chronicle, lexicon__en__triggers="kill~v\tkiling\tv\n")
        self.assertIn("lexicon/en/triggers.tsv:1", chronicle.call("derive", chronicle.path, "--codebook", book).stderr)
        chronicle.run("derive", chronicle.path, "--codebook", book, status=3)
        chronicle.run("code", chronicle.path, "--compare", os.path.join(chronicle.root, "none"), status=3)
        self.assertEqual(os.path.exists(os.path.join(chronicle.path, "codebook.json")), False)
        chronicle.run("code", chronicle.path, status=2)


NEW_ACT = {
    "number": 27, "key": "mass resignation", "family": "protest", "side": "protest",
    "definition": "People give up their posts together to press a demand.",
    "includes": ["staff or officials who resign as a group"], "excludes": ["one person's resignation", "dismissal"],
    "examples": [{"lang": "en", "text": "Forty doctors resigned en masse in Nilvan on 3 May 2021."},
                 {"lang": "fa", "text": "چهل پزشک در نیلوان استعفای دسته‌جمعی دادند."}],
    "slots": ["participants"], "acled": "no ACLED equivalent", "plover": "PROTEST", "count": "participants"}


class Codebook(unittest.TestCase):
    def book(self, chronicle):
        out = os.path.join(chronicle.root, "book")
        chronicle.run("codebook", "--out", out)
        return out

    def edit(self, book, name, change):
        path = os.path.join(book, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(change(text))

    def add_act(self, book, act):
        self.edit(book, "codebook/acts.json", lambda text: json.dumps(
            dict(json.loads(text), acts=json.loads(text)["acts"] + [act]), ensure_ascii=False, indent=1))

    def check(self, chronicle, book, status=1):
        return chronicle.run("codebook", "--check", book, status=status).splitlines()

    def test_every_act_and_code_is_told_in_persian_and_arabic(self):
        def data(name):
            with open(os.path.join(DATA, "codebook", name), encoding="utf-8") as file:
                return json.load(file)
        acts, codes, told = data("acts.json")["acts"], data("codes.json"), data("definitions.json")
        for lang in ("fa", "ar"):
            self.assertEqual(set(told[lang]["acts"]), {act["key"] for act in acts})
            for act in acts:
                words = told[lang]["acts"][act["key"]]
                for field in ("includes", "excludes"):
                    self.assertEqual(len(words[field]), len(act[field]), f"{lang} {act['key']} {field}")
                for text in [words["definition"], *words["includes"], *words["excludes"]]:
                    self.assertRegex(text, "[\u0621-\u06cc]", f"{lang} {act['key']}")
            for name, items in codes.items():
                if isinstance(items, list) and isinstance(items[0], dict):
                    self.assertEqual(set(told[lang]["codes"][name]), {item["key"] for item in items}, f"{lang} {name}")

    def test_pages_of_the_codebook_are_in_the_language_that_is_asked_for(self):
        chronicle = Chronicle(self, "--unprotected")
        page = chronicle.run("codebook", "march", "--lang", "fa")
        self.assertTrue(page.startswith("# راهپیمایی (march)\n\nتظاهراتی که در مسیری حرکت می‌کند.\n"), page)
        self.assertIn("## شامل نمی‌شود\n\n* تشییع جنازه (بزرگداشت)\n", page)
        for lang in ("fa", "ar"):
            pages = chronicle.run("codebook", "codes", "--lang", lang) + chronicle.run("codebook", "strike", "--lang", lang)
            for line in pages.splitlines():
                if line.startswith("#"):
                    self.assertRegex(line, "[\u0621-\u06cc]")
            self.assertNotIn("Who vouches", pages)
        self.assertEqual(chronicle.run("codebook", "march"), chronicle.run("codebook", "march", "--lang", "en"))
        chronicle.run("codebook", "march", "--lang", "xx", status=3)

    def test_every_act_has_definition_rules_examples_and_both_mappings(self):
        chronicle = Chronicle(self)
        pages = os.path.join(chronicle.root, "pages")
        chronicle.run("codebook", "--pages", pages)
        acts = os.listdir(os.path.join(pages, "acts"))
        self.assertEqual(len(acts), 26)
        for name in acts:
            with open(os.path.join(pages, "acts", name), encoding="utf-8") as file:
                page = file.read()
            for title in ("Includes", "Excludes", "Worked examples", "Slots", "In other codebooks", "Words"):
                self.assertRegex(page, f"## {title}\n\n\\* ", name)
            for rest in ("ACLED sub-event type: \\S", "PLOVER event type and mode: \\S", "\\(en\\) ", "\\(fa\\) ",
                         "Persian: `", "English: `", "Arabic: `"):
                self.assertRegex(page, rest, name)
            self.assertEqual(page, chronicle.run("codebook", name[:-3].replace("-", " ").replace("sit in", "sit-in")))
        with open(os.path.join(pages, "README.md"), encoding="utf-8") as file:
            for link in re.findall(r"\]\(([^)]+)\)", file.read()):
                self.assertTrue(os.path.exists(os.path.join(pages, link)), link)
        self.assertIn("**T9**", chronicle.run("codebook", "codes"))
        self.assertIn("written for this project", chronicle.run("codebook", "fa"))

    def test_an_unknown_page_names_the_nearest(self):
        chronicle = Chronicle(self)
        self.assertIn("did you mean 'arrest'", chronicle.call("codebook", "arest").stderr)
        chronicle.run("codebook", "arest", status=3)
        chronicle.run("codebook", "arrest", "--check", "x", status=2)

    def test_the_codebook_built_in_has_no_mistakes(self):
        chronicle = Chronicle(self)
        self.assertEqual(self.check(chronicle, self.book(chronicle), 0), ["no mistakes; 0 files are not as built in"])
        chronicle.run("codebook", "--out", os.path.join(chronicle.root, "book"), status=3)

    def test_mistakes_are_told_with_file_line_and_what_to_do_all_at_once(self):
        chronicle = Chronicle(self)
        book = self.book(chronicle)
        rows = len(open_rows(os.path.join(book, "lexicon/en/triggers.tsv")))
        self.edit(book, "lexicon/en/triggers.tsv", lambda text: text + "walk/ out\tgathering\tn\nsomething\tarest\tv\nkneel~q\tgathering\tv\n"
                  "knelt\tgathering\tn\nknelt\tgathering\tn\nalone\nstood up\tgathering\tv\tneeds=crwd\nrose\tgathering\tz\n")
        self.edit(book, "lexicon/fa/actors.tsv", lambda text: text + "آتش‌نشانان\tfiremen\n")
        self.edit(book, "lexicon/ar/cues.tsv", lambda text: text + "ربما\thegde\n")
        self.edit(book, "codebook/acts.json", lambda text: text.replace('"slots": [\n    "medium",', '"slotz": [\n    "medium",', 1))
        told = self.check(chronicle, book)
        for expected in (f"lexicon/en/triggers.tsv:{rows + 1}: pattern 'walk/': an alternative is empty",
                         f"lexicon/en/triggers.tsv:{rows + 2}: unknown act 'arest': did you mean 'arrest'? they are listed in codebook/acts.json",
                         f"lexicon/en/triggers.tsv:{rows + 3}: pattern 'kneel~q': after ~ stands v, vv, (English) n or (Arabic) p",
                         f"lexicon/en/triggers.tsv:{rows + 5}: the row stands twice, first in line {rows + 4}: take one of them out",
                         f"lexicon/en/triggers.tsv:{rows + 6}: too few columns (they are parted by tabs) in 'alone'",
                         f"lexicon/en/triggers.tsv:{rows + 7}: no context or actor class is called 'crwd'",
                         f"lexicon/en/triggers.tsv:{rows + 8}: the form is none of n, v, x: 'z'",
                         "codebook/acts.json:7: acts.json: symbolic display: the list 'slots' is empty or missing"):
            self.assertIn(expected, told)
        self.assertTrue(any(line.startswith("lexicon/fa/actors.tsv:") and "unknown actor class 'firemen'" in line for line in told))
        self.assertTrue(any(line.startswith("lexicon/ar/cues.tsv:") and "unknown cue 'hegde'" in line for line in told))

    def test_an_act_and_its_words_are_added_by_editing_data_alone_and_then_coded(self):
        chronicle = told(self, "Forty doctors resigned en masse in Morvand on 4 May 2031." + PADDING)
        self.assertEqual(chronicle.lines("claims"), [])
        book = self.book(chronicle)
        self.add_act(book, NEW_ACT)
        self.assertIn("no row of a triggers.tsv names the act 'mass resignation'", self.check(chronicle, book)[0])
        self.edit(book, "lexicon/en/triggers.tsv", lambda text: text + "resign~v en masse\tmass resignation\tv\n")
        self.assertIn("the worked example “چهل پزشک", self.check(chronicle, book)[0])
        self.edit(book, "lexicon/fa/triggers.tsv", lambda text: text + "استعفای دسته‌جمعی\tmass resignation\tn\n")
        self.assertEqual(self.check(chronicle, book, 0)[0], "no mistakes; 3 files are not as built in")
        self.assertIn("give up their posts", chronicle.run("codebook", "mass resignation", "--codebook", book))
        chronicle.run("code", chronicle.path, "--compare", book, status=1)
        chronicle.run("derive", chronicle.path, "--codebook", book)
        claim = chronicle.lines("claims")[0]
        self.assertEqual((claim["act"], claim["time"]["start"], claim["places"][0]["name"]), ("mass resignation", "2031-05-04", "Morvand"))
        self.assertEqual([event["act"] for event in chronicle.lines("events")], ["mass resignation"])

    def test_a_language_is_added_by_editing_data_alone_and_then_coded(self):
        chronicle = told(self, "Über hundert Menschen demonstrierten am 4 May 2031 in Morvand." + PADDING)
        self.assertEqual(chronicle.lines("claims"), [])
        book = self.book(chronicle)
        os.makedirs(os.path.join(book, "lexicon/de"))
        for name, rows in (("language", "follows\tenglish\n"), ("triggers", "demonstrierte/demonstrierten\tgathering\tv\n"),
                           ("count_nouns", "Menschen/Personen\tpeople\n"), ("actors", "Demonstranten\tprotesters\n")):
            chronicle.file(f"book/lexicon/de/{name}.tsv", rows)
        self.assertIn("lexicon/SOURCES.md: no row says where lexicon/de/actors.tsv comes from", self.check(chronicle, book)[0])
        self.edit(book, "lexicon/SOURCES.md", lambda text: text + "| de/*.tsv | written for a test | Apache-2.0 | 2031-05-04 |\n")
        self.assertEqual(self.check(chronicle, book, 0)[0], "no mistakes; 5 files are not as built in")
        chronicle.run("derive", chronicle.path, "--codebook", book)
        claim = chronicle.lines("claims")[0]
        self.assertEqual((claim["act"], claim["time"]["start"]), ("gathering", "2031-05-04"))
        self.assertIn("lexicon/de/triggers.tsv:1", chronicle.run("show", chronicle.path, claim["id"], "--why"))
        chronicle.file("book/lexicon/de/language.tsv", "follows\tgerman\n")
        self.assertIn("a language follows english, persian or arabic, not 'german'", "\n".join(self.check(chronicle, book)))


def open_rows(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


if __name__ == "__main__":
    unittest.main()
