#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/format.h"
#include "base/utf8.h"
#include "link/link.h"
#include "pipeline/claim_slots.h"
#include "pipeline/decided.h"
#include "pipeline/evidence.h"
#include "pipeline/reading.h"

namespace gavah::pipeline {
namespace {

using code::Outcome;
using code::Slot;
using code::TraceNote;
using Notes = std::vector<const TraceNote*>;

constexpr std::array<Slot, 14> kSlots{Slot::act,    Slot::stage, Slot::polarity, Slot::attribution, Slot::time,
                                      Slot::place,  Slot::actor, Slot::target,   Slot::person,      Slot::count,
                                      Slot::slogan, Slot::about, Slot::umbrella, Slot::confidence};
constexpr std::size_t kShownBytes = 4096;  // of a passage on a terminal

/// How the stored claim stands to what the codebook in use gives.
enum class Standing { same, differs, absent, by_hand };

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::same:
      return "same";
    case Standing::differs:
      return "differs";
    case Standing::absent:
      return "absent";
    case Standing::by_hand:
      break;
  }
  return "by hand";
}

struct Difference {
  SlotChange change;
  std::string because;
};

/// All that is to be said of one claim.
struct Why {
  Claim claim;               ///< as stored
  std::optional<Claim> now;  ///< as coded again; of a claim by hand nothing
  Standing standing = Standing::same;
  std::vector<Difference> differences;
  std::vector<Decision> decisions;  ///< that meet its passage
  std::optional<Span> passage;
  std::vector<Claim> beside;  ///< what the program makes of the passage, where it does not make this claim
  Notes notes;
  Notes left_out;  ///< in the passage
};

/// A report that was coded again with its trace.
struct Recoded {
  Report report;
  std::vector<Claim> stored;  ///< with their acts as coded when all was derived
  std::vector<Claim> claims;
  code::Trace trace;
};

class Explainer {
 public:
  explicit Explainer(Chronicle& chronicle) : chronicle_(chronicle), walker_(chronicle) {}

  Result<void> prepare() {
    GAVAH_ASSIGN(index_, chronicle_.index());
    GAVAH_ASSIGN(toolkit_, chronicle_.toolkit());
    GAVAH_ASSIGN(derived_with_, index_->note("derived-with"));
    GAVAH_ASSIGN(decided_, chronicle_.decisions());
    decisions_ = standing(decided_);
    return {};
  }

  bool is_current() const { return derived_with_ == toolkit_->fingerprint(); }
  const std::string& derived_with() const { return derived_with_; }
  const std::string& coding_with() const { return toolkit_->fingerprint(); }

  Result<void> recode(const ReportId& id, Recoded& out) const {
    GAVAH_ASSIGN(out.report, index_->report(id));
    out.claims = toolkit_->coder().code(out.report, chronicle_.ids(), &out.trace);
    GAVAH_ASSIGN(out.stored, coded_claims(*index_, id, decided_));
    return {};
  }

  Result<Why> explain(const Claim& claim, const Recoded& recoded) {
    Why why;
    why.claim = claim;
    GAVAH_ASSIGN(const Evidence evidence, walker_.walk(claim));
    why.passage = evidence.passage;
    for (const TraceNote* note : recoded.trace.left_out()) {
      if (note->words && note->words->overlaps(evidence.passage)) why.left_out.push_back(note);
    }
    const auto now = std::ranges::find(recoded.claims, claim.id, &Claim::id);
    // A correction of the act names the act as it was coded.
    const link::Rank rank = link::rank_of(claim, recoded.stored);
    std::ranges::copy_if(decisions_, std::back_inserter(why.decisions), [&](const Decision& decision) {
      return concerns(decision, claim, rank) ||
             (now != recoded.claims.end() && concerns(decision, *now, link::rank_of(*now, recoded.claims)));
    });
    if (claim.coded_by == CodedBy::person || now == recoded.claims.end()) {
      why.standing = claim.coded_by == CodedBy::person ? Standing::by_hand : Standing::absent;
      std::ranges::copy_if(recoded.claims, std::back_inserter(why.beside),
                           [&](const Claim& other) { return other.trigger.overlaps(evidence.passage); });
      return why;
    }
    why.now = *now;
    why.notes = recoded.trace.notes_of(claim.id);
    for (SlotChange& change : changes_between(*now, claim)) {
      std::string because = cause_of(change, why);
      why.differences.push_back({std::move(change), std::move(because)});
    }
    if (!why.differences.empty()) why.standing = Standing::differs;
    return why;
  }

 private:
  std::string cause_of(const SlotChange& change, const Why& why) const {
    const std::string_view slot = change.slot == "speaker" ? std::string_view("attribution") : change.slot;
    for (const Decision& decision : why.decisions) {
      if (decision.verb == Verb::correct && link::corrected_slot(decision.slot).slot == slot)
        return "corrected by " + told_of(decision);
    }
    if (change.slot == "about" && change.from.empty()) return "linking with other reports found what it is about";
    if (!is_current()) return "it was derived with another program, codebook or gazetteer; gavah derive codes it again";
    return "nothing explains it; gavah rebuild derives everything again";
  }

  Chronicle& chronicle_;
  EvidenceWalker walker_;
  store::Index* index_ = nullptr;
  const Toolkit* toolkit_ = nullptr;
  std::string derived_with_;
  std::vector<Decision> decided_;    // all of the log
  std::vector<Decision> decisions_;  // those that stand
};

/// The words of a note; those of a person are withheld.
std::string_view words_of(const TraceNote& note, const std::optional<Span>& span, const Report& report) {
  return span && note.slot != Slot::person ? std::string_view(report.text).substr(span->begin, span->size())
                                           : std::string_view();
}

/// True when a note that was taken is of what the claim has in the end: a telling of the same act, or a place and a
/// time that a better one replaced, is not.
bool is_final(const TraceNote& note, const Claim& claim) {
  switch (note.slot) {
    case Slot::time:
      return note.words == claim.time.span;
    case Slot::place:
      return claim.places.empty()
                 ? !note.words
                 : std::ranges::any_of(claim.places, [&](const Place& place) { return place.span == note.words; });
    case Slot::stage:
      return note.value == name_of(claim.stage);
    case Slot::count:
      return std::ranges::any_of(claim.counts, [&](const Count& count) { return count.span == note.words; });
    case Slot::attribution:
      return !note.words || (claim.speaker && claim.speaker->span == note.words);
    default:
      return true;
  }
}

/// What a claim has in a slot, in words; empty when it has nothing there.
std::string value_of(const std::vector<SlotText>& slots, Slot slot) {
  std::string out;
  for (const SlotText& text : slots) {
    const bool is_count = slot == Slot::count && text.slot.starts_with("count:");
    const bool is_speaker = slot == Slot::attribution && text.slot == "speaker";
    if (text.slot != name_of(slot) && !is_count && !is_speaker) continue;
    out.append(out.empty() ? "" : is_speaker ? ": " : "; ").append(text.text);
  }
  return out;
}

class WhyText {
 public:
  WhyText(const Recoded& recoded, const Explainer& explainer) : recoded_(recoded), explainer_(explainer) {}

  void line(std::string_view label, std::string_view text) { out_ += format("{:<12}{}\n", label, text); }

  void head() {
    line("report",
         format("{} by {}", recoded_.report.id.hex(), recoded_.report.source.empty() ? "?" : recoded_.report.source));
    line("coded with", explainer_.coding_with());
    line("marks", "+ what made the slot, - what was considered and rejected; spans are bytes of the report's text");
    if (!explainer_.is_current()) {
      line("stored with", explainer_.derived_with().empty() ? "nothing: gavah derive was not run"
                                                            : std::string_view(explainer_.derived_with()));
    }
  }

  void claim(const Why& why) {
    const Claim& claim = why.claim;
    out_ += "\n";
    line("claim", format("{} {} {} ({}), coded by {}", claim.id.hex(), claim.act, name_of(claim.polarity),
                         name_of(claim.stage), claim.coded_by == CodedBy::person ? "a person" : "the program"));
    standing(why);
    for (const Decision& decision : why.decisions)
      line("decision", format("{}{}{}: {}", name_of(decision.verb), decision.slot.empty() ? "" : " ", decision.slot,
                              told_of(decision)));
    if (why.passage) {
      line("passage",
           format("bytes {} to {} \u201c{}\u201d", why.passage->begin, why.passage->end,
                  utf8_prefix(std::string_view(recoded_.report.text).substr(why.passage->begin, why.passage->size()),
                              kShownBytes)));
    }
    if (why.now) slots(why);
    if (!why.left_out.empty()) {
      out_ += "\nIn the same passage, considered and not coded:\n";
      for (const TraceNote* note : why.left_out) this->note(*note, "-");
    }
  }

  void left_out(const Notes& notes) {
    out_ += notes.empty() ? "\nNo other words of the report name an act.\n"
                          : "\nIn the whole report, considered and not coded (-):\n";
    for (const TraceNote* note : notes) this->note(*note, "-");
  }

  std::string take() {
    if (out_.ends_with('\n')) out_.pop_back();
    return std::move(out_);
  }

 private:
  void standing(const Why& why) {
    switch (why.standing) {
      case Standing::same:
        line("coded again", "as stored, in every slot");
        break;
      case Standing::differs:
        line("coded again", "NOT as stored:");
        for (const Difference& difference : why.differences) {
          const SlotChange& change = difference.change;
          line("", format("{}: stored {}, coded now {}; {}", change.slot, change.to.empty() ? "nothing" : change.to,
                          change.from.empty() ? "nothing" : change.from, difference.because));
        }
        break;
      case Standing::absent:
        line("coded again", "NOT as stored: the codebook in use gives no such claim");
        beside(why);
        break;
      case Standing::by_hand:
        line("coded again", "a person coded it: no rule of the program made it");
        beside(why);
        break;
    }
  }

  void beside(const Why& why) {
    if (why.beside.empty()) line("", "the program makes no claim of the passage");
    for (const Claim& claim : why.beside) {
      line("", format("of the passage the program makes claim {}: {} {} ({})", claim.id.hex(), claim.act,
                      name_of(claim.polarity), name_of(claim.stage)));
    }
  }

  void slots(const Why& why) {
    const auto texts = slots_of(*why.now);
    for (const Slot slot : kSlots) {
      const std::string value = value_of(texts, slot);
      Notes notes;
      std::ranges::copy_if(why.notes, std::back_inserter(notes),
                           [&](const TraceNote* note) { return note->slot == slot; });
      const bool always = slot < Slot::slogan;
      if (notes.empty() && value.empty() && !always) continue;
      out_ += "\n";
      line(name_of(slot), value.empty() ? "none" : value);
      taken(notes, *why.now);
      for (const TraceNote* note : notes) {
        if (note->outcome == Outcome::rejected) this->note(*note, "-");
      }
    }
  }

  /// What was taken; where an act is told several times, what its tellings have alike stands once.
  void taken(const Notes& notes, const Claim& claim) {
    std::set<std::tuple<std::string, std::string, std::optional<Span>, std::optional<Span>>> told;
    for (const TraceNote* note : notes) {
      if (note->outcome != Outcome::taken) continue;
      if (told.emplace(note->value, note->rule, note->words, note->by).second)
        this->note(*note, is_final(*note, claim) ? "+" : "+ also told:");
    }
  }

  /// "    + because …: bytes 7 to 15 “arrested”". The quoted words stand last, so that their direction turns nothing.
  void note(const TraceNote& note, std::string_view mark) {
    out_ += format("    {} ", mark);
    const bool names_value =
        note.outcome == Outcome::rejected || note.slot == Slot::act || note.slot == Slot::confidence || mark != "+";
    if (names_value && !note.value.empty()) out_ += format("{}: ", note.value);
    out_ += note.rule;
    if (!note.row.empty()) out_ += format(" [{}]", note.row);
    quote(note, note.words, "");
    if (note.by && note.by != note.words) quote(note, note.by, note.cue.empty() ? "by" : format("by {}:", note.cue));
    out_ += "\n";
  }

  void quote(const TraceNote& note, const std::optional<Span>& span, std::string_view label) {
    if (!span) return;
    const auto words = words_of(note, span, recoded_.report);
    out_ += format("; {}{}bytes {} to {} {}", label, label.empty() ? "" : " ", span->begin, span->end,
                   words.empty() ? std::string("(words withheld)") : format("\u201c{}\u201d", words));
  }

  const Recoded& recoded_;
  const Explainer& explainer_;
  std::string out_;
};

class WhyJson {
 public:
  WhyJson(const Recoded& recoded, const Explainer& explainer) : recoded_(recoded) {
    out_.begin_object()
        .member("type", "why")
        .member("report", recoded.report.id.hex())
        .member("coded_with", explainer.coding_with())
        .member("stored_with", explainer.derived_with())
        .key("claims")
        .begin_array();
  }

  void claim(const Why& why) {
    out_.begin_object()
        .member("claim", why.claim.id.hex())
        .member("act", why.claim.act)
        .member("coded_by", why.claim.coded_by == CodedBy::person ? "person" : "program")
        .member("standing", name_of(why.standing))
        .key("differences")
        .begin_array();
    for (const Difference& difference : why.differences) {
      out_.begin_object()
          .member("slot", difference.change.slot)
          .member("stored", difference.change.to)
          .member("now", difference.change.from)
          .member("because", difference.because)
          .end_object();
    }
    out_.end_array().key("decisions").begin_array();
    for (const Decision& decision : why.decisions) out_.text(decision.id.hex());
    out_.end_array().key("passage");
    write_span(out_, why.passage);
    out_.key("beside").begin_array();
    for (const Claim& claim : why.beside) out_.text(claim.id.hex());
    out_.end_array().key("slots").begin_array();
    if (why.now) slots(why);
    out_.end_array();
    notes("left_out", why.left_out, nullptr);
    out_.end_object();
  }

  std::string finish(const Notes& left_out) {
    out_.end_array();
    notes("left_out", left_out, nullptr);
    return out_.end_object().take();
  }

 private:
  void slots(const Why& why) {
    const auto texts = slots_of(*why.now);
    for (const Slot slot : kSlots) {
      Notes taken;
      Notes rejected;
      for (const TraceNote* note : why.notes) {
        if (note->slot == slot) (note->outcome == Outcome::taken ? taken : rejected).push_back(note);
      }
      const std::string value = value_of(texts, slot);
      if (value.empty() && taken.empty() && rejected.empty()) continue;
      out_.begin_object().member("slot", name_of(slot)).member("value", value);
      notes("taken", taken, &*why.now);
      notes("rejected", rejected, nullptr);
      out_.end_object();
    }
  }

  /// Those that were taken say whether they are of what the claim has in the end.
  void notes(std::string_view key, const Notes& notes, const Claim* claim) {
    out_.key(key).begin_array();
    for (const TraceNote* note : notes) {
      out_.begin_object().member("value", note->value).member("rule", note->rule).key("span");
      write_span(out_, note->words);
      out_.member("words", words_of(*note, note->words, recoded_.report)).key("by_span");
      write_span(out_, note->by);
      out_.member("by", words_of(*note, note->by, recoded_.report)).member("cue", note->cue).member("row", note->row);
      if (claim != nullptr) out_.key("final").truth(is_final(*note, *claim));
      out_.end_object();
    }
    out_.end_array();
  }

  const Recoded& recoded_;
  JsonWriter out_;
};

/// The stored claims of a report in the order of their triggers.
Result<std::vector<Claim>> claims_of(store::Index& index, const ReportId& report) {
  std::vector<Claim> out;
  GAVAH_TRY(index.for_each_json(store::IndexTable::claims, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    if (json.text_of("report") != report.hex()) return {};
    GAVAH_ASSIGN(Claim claim, claim_from_json(json));
    out.push_back(std::move(claim));
    return {};
  }));
  std::ranges::sort(out, {}, [](const Claim& claim) { return std::pair(claim.trigger, claim.id); });
  return out;
}

template <class Writer>
Result<void> write(Writer& writer, Explainer& explainer, const Recoded& recoded, const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) {
    GAVAH_ASSIGN(const Why why, explainer.explain(claim, recoded));
    writer.claim(why);
  }
  return {};
}

}  // namespace

Result<std::string> show_why(Chronicle& chronicle, std::string_view id, Form form) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  const auto key = from_hex(id);
  if (!key || key->size() != 16) return fail(ErrorCode::invalid_input, format("'{}' is no id", id));
  std::vector<Claim> claims;
  const bool is_claim = static_cast<bool>(index->json(store::IndexTable::claims, *key));
  ReportId report;
  if (is_claim) {
    GAVAH_ASSIGN(Claim claim, index->claim(ClaimId::from_bytes(*key)));
    report = claim.report;
    claims.push_back(std::move(claim));
  } else {
    report = ReportId::from_bytes(*key);
    if (!index->json(store::IndexTable::reports, *key))
      return fail(ErrorCode::not_found, format("there is no claim or report {}", id));
    GAVAH_ASSIGN(claims, claims_of(*index, report));
  }
  Explainer explainer(chronicle);
  GAVAH_TRY(explainer.prepare());
  Recoded recoded;
  GAVAH_TRY(explainer.recode(report, recoded));
  const Notes left_out = is_claim ? Notes{} : recoded.trace.left_out();
  if (form == Form::json) {
    WhyJson out(recoded, explainer);
    GAVAH_TRY(write(out, explainer, recoded, claims));
    return out.finish(left_out);
  }
  WhyText out(recoded, explainer);
  out.head();
  GAVAH_TRY(write(out, explainer, recoded, claims));
  if (!is_claim) out.left_out(left_out);
  return out.take();
}

}  // namespace gavah::pipeline
