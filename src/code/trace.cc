#include "code/trace.h"

#include <algorithm>

#include "base/format.h"
#include "code/lexicon.h"
#include "code/mention.h"
#include "code/scan.h"
#include "model/named.h"

namespace gavah::code {
namespace {

constexpr std::array<Named<Slot>, 14> kSlots{{
    {Slot::act, "act"},
    {Slot::stage, "stage"},
    {Slot::polarity, "polarity"},
    {Slot::attribution, "attribution"},
    {Slot::time, "time"},
    {Slot::place, "place"},
    {Slot::actor, "actor"},
    {Slot::target, "target"},
    {Slot::person, "person"},
    {Slot::count, "count"},
    {Slot::slogan, "slogan"},
    {Slot::about, "about"},
    {Slot::umbrella, "umbrella"},
    {Slot::confidence, "confidence"},
}};

/// "it stands before the words of the act, and no rule joins it to them: words between 12; clause borders between 1".
std::string distance_text(const Hit& cue, const Hit& trigger, const SentenceScan& sentence) {
  const bool before = cue.past <= trigger.first;
  const bool after = trigger.past <= cue.first;
  if (!before && !after) return "it stands in the words of the act themselves";
  const std::uint32_t left = before ? cue.past : trigger.past;
  const std::uint32_t right = before ? trigger.first : cue.first;
  const auto borders = static_cast<std::uint32_t>(sentence.borders(left, right));
  const auto commas = static_cast<std::uint32_t>(sentence.commas(left, right));
  std::string out = before ? "it stands before the words of the act, and no rule joins it to them"
                           : "it stands after the words of the act, and no rule joins it to them";
  out += format(": words between {}", right - left);
  if (borders > 0) out += format("; clause borders between {}", borders);
  if (commas > 0) out += format("; commas between {}", commas);
  return out;
}

Slot slot_of(Cue cue) {
  switch (cue) {
    case Cue::negation:
    case Cue::denial:
    case Cue::falsehood:
    case Cue::doubt:
    case Cue::disbelief:
    case Cue::correction:
    case Cue::retraction:
      return Slot::polarity;
    case Cue::plan:
    case Cue::call:
    case Cue::threat:
    case Cue::attempt:
    case Cue::cancel:
    case Cue::end:
    case Cue::begin:
    case Cue::continuation:
      return Slot::stage;
    case Cue::speech:
    case Cue::according:
    case Cue::accuse:
    case Cue::responsibility:
      return Slot::attribution;
    case Cue::hedge:
      return Slot::confidence;
    case Cue::so_far:
    case Cue::toll:
    case Cue::since:
    case Cue::per_day:
    case Cue::replaced:
    case Cue::numbered:
      return Slot::count;
    case Cue::umbrella:
      return Slot::umbrella;
    case Cue::outlet:
    case Cue::held_at:
      return Slot::place;
    case Cue::slogan:
      return Slot::slogan;
    case Cue::agent:
      return Slot::actor;
    default:
      return Slot::act;
  }
}

/// True for cues that the rules of stage, polarity, tellers or leaving out look for; the others serve numbers and
/// places.
bool says_how(Cue cue) {
  const Slot slot = slot_of(cue);
  return cue != Cue::none && cue != Cue::begin && slot != Slot::count && slot != Slot::place && slot != Slot::slogan &&
         slot != Slot::actor;
}

}  // namespace

std::string_view name_of(Slot slot) { return name_in(kSlots, slot); }

TraceWords::TraceWords(const Hit* at) : hit(at) {
  if (at != nullptr) span = at->span;
}

std::uint32_t Trace::start() { return grow(0); }

std::uint32_t Trace::grow(std::uint32_t from, std::uint32_t also_from) {
  parents_.emplace_back(from, also_from);
  return static_cast<std::uint32_t>(parents_.size());
}

void Trace::note(std::uint32_t mention, Slot slot, Outcome outcome, std::string value, const Ground& ground,
                 const TraceWords& words) {
  TraceNote note{.slot = slot,
                 .outcome = outcome,
                 .value = std::move(value),
                 .rule = std::string(ground.rule),
                 .words = words.span,
                 .by = {},
                 .cue = {},
                 .row = {},
                 .mention = mention};
  if (ground.by != nullptr) {
    note.by = ground.by->span;
    rests_on_.emplace(mention, slot, ground.by->span);
    if (ground.by->word->kind == WordKind::cue) note.cue = std::string(name_of(ground.by->word->cue));
  }
  const Hit* hit = ground.by != nullptr ? ground.by : words.hit;
  if (hit != nullptr && lexicon_ != nullptr) note.row = lexicon_->row_of(*hit->word);
  notes_.push_back(std::move(note));
}

void Trace::take(std::uint32_t mention, Slot slot, std::string value, const Ground& ground, const TraceWords& words) {
  note(mention, slot, Outcome::taken, std::move(value), ground, words);
}

void Trace::reject(std::uint32_t mention, Slot slot, std::string value, const Ground& ground, const TraceWords& words) {
  note(mention, slot, Outcome::rejected, std::move(value), ground, words);
}

void Trace::reject_idle_cues(const Mention& mention, const SentenceScan& sentence) {
  for (const Hit& cue : sentence.cues) {
    if (!says_how(cue.word->cue)) continue;
    const Slot slot = slot_of(cue.word->cue);
    if (rests_on_.contains({mention.trail, slot, cue.span})) continue;
    const std::string rule = distance_text(cue, mention.trigger, sentence);
    reject(mention.trail, slot, std::string(name_of(cue.word->cue)), {.rule = rule, .by = &cue}, &cue);
  }
}

std::vector<bool> Trace::ancestry(std::uint32_t mention) const {
  std::vector<bool> in(parents_.size() + 1);
  std::vector<std::uint32_t> open{mention};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (at == 0 || in[at]) continue;
    in[at] = true;
    open.push_back(parents_[at - 1].first);
    open.push_back(parents_[at - 1].second);
  }
  return in;
}

std::vector<const TraceNote*> Trace::notes_of(const ClaimId& claim) const {
  std::vector<const TraceNote*> out;
  const auto found = claims_.find(claim);
  if (found == claims_.end()) return out;
  const auto in = ancestry(found->second);
  for (const TraceNote& note : notes_) {
    if (note.mention != 0 && in[note.mention]) out.push_back(&note);
  }
  return out;
}

std::vector<const TraceNote*> Trace::left_out() const {
  std::vector<const TraceNote*> out;
  for (const TraceNote& note : notes_) {
    if (note.mention == 0 && note.slot == Slot::act && note.outcome == Outcome::rejected) out.push_back(&note);
  }
  return out;
}

std::string trace_value(const TimeInterval& time) {
  if (!time.start && !time.end) return "unknown";
  const std::string first = time.start ? time.start->day().text() : "?";
  const std::string last = time.end ? Instant{time.end->seconds - 1}.day().text() : "?";
  return format("{}{} ({})", first, first == last ? "" : " to " + last, code_of(time.precision));
}

std::string trace_value(const Place& place) {
  return format("{} ({})", place.name.empty() ? place.phrase : place.name, code_of(place.precision));
}

}  // namespace gavah::code
