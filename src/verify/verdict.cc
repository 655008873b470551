#include "verify/verdict.h"

#include <algorithm>

#include "base/format.h"
#include "base/json.h"
#include "model/named.h"

namespace gavah::verify {
namespace {

constexpr std::array<Named<Check>, 18> kChecks{{{Check::manifest, "manifest"},
                                                {Check::file, "file"},
                                                {Check::checkpoint, "checkpoint"},
                                                {Check::log, "log"},
                                                {Check::head, "head"},
                                                {Check::register_, "register"},
                                                {Check::opening, "opening"},
                                                {Check::record, "record"},
                                                {Check::evidence, "evidence"},
                                                {Check::disposition, "disposition"},
                                                {Check::rule, "rule"},
                                                {Check::total, "total"},
                                                {Check::accounting, "accounting"},
                                                {Check::duplicate, "duplicate"},
                                                {Check::change, "change"},
                                                {Check::policy, "policy"},
                                                {Check::status, "status"},
                                                {Check::time, "time"}}};
constexpr std::array<Named<Outcome>, 3> kOutcomes{
    {{Outcome::witnessed, "witnessed"}, {Outcome::unwitnessed, "unwitnessed"}, {Outcome::failed, "failed"}}};

void write_not_after(JsonWriter& out, const std::vector<NotAfter>& bounds) {
  out.key("not_after").begin_array();
  for (const NotAfter& bound : bounds) {
    out.begin_object().member("size", bound.size).member("time", bound.time.text()).member("by", bound.by).end_object();
  }
  out.end_array();
}

/// The earliest proof for the most leaves; a verdict in JSON has them all.
std::string not_after_text(const std::vector<NotAfter>& bounds) {
  if (bounds.empty()) return {};
  const auto best = std::ranges::find(bounds, bounds.back().size, &NotAfter::size);
  return format("\nWhat time is proved:\n  the first {} leaves were there by {} ({})\n", best->size, best->time.text(),
                best->by);
}

constexpr std::array<Named<WitnessState>, 4> kWitnessStates{{{WitnessState::counted, "counted"},
                                                             {WitnessState::absent, "absent"},
                                                             {WitnessState::old, "old"},
                                                             {WitnessState::future, "future"}}};

void write_tallies(JsonWriter& out, std::string_view key, const std::vector<Tally>& tallies) {
  out.key(key).begin_array();
  for (const Tally& tally : tallies) {
    out.begin_object().member("what", tally.what).member("count", tally.count).end_object();
  }
  out.end_array();
}

void write_witnesses(JsonWriter& out, const Verdict& verdict) {
  out.key("witnesses").begin_array();
  for (const WitnessWord& word : verdict.witnesses) {
    out.begin_object().member("name", word.name).member("state", name_of(word.state)).key("time");
    word.time ? out.text(word.time->text()) : out.null();
    out.end_object();
  }
  out.end_array().key("not_before").begin_array();
  for (const NotBefore& bound : verdict.not_before) {
    out.begin_object().member("leaf", bound.leaf).member("time", bound.time.text()).member("witness", bound.witness);
    out.end_object();
  }
  out.end_array().key("seen_by");
  if (verdict.seen_by) {
    out.begin_object().member("time", verdict.seen_by->time.text()).member("witness", verdict.seen_by->witness);
    out.end_object();
  } else {
    out.null();
  }
  out.member("forks", verdict.forks.size());
}

std::string sentence_of(const WitnessWord& word) {
  switch (word.state) {
    case WitnessState::absent:
      return format("{} has not signed this head", word.name);
    case WitnessState::counted:
      return format("{} signed at {}", word.name, word.time->text());
    case WitnessState::old:
      return format("{} signed at {}, longer ago than was asked for: not counted", word.name, word.time->text());
    case WitnessState::future:
      return format("{} signed at {}, which is yet to come: not counted", word.name, word.time->text());
  }
  return {};
}

void append_witnesses(std::string& out, const Verdict& verdict) {
  if (!verdict.witnesses.empty()) out.append("\nWitnesses:\n");
  for (const WitnessWord& word : verdict.witnesses) out.append("  ").append(sentence_of(word)).append("\n");
  if (verdict.not_before.empty() && !verdict.seen_by) return;
  out.append("\nTime, as witnesses say:\n");
  if (!verdict.not_before.empty()) {
    const NotBefore& last = verdict.not_before.back();
    out += format("  leaves from {} on were not written before {} ({})\n", last.leaf, last.time.text(), last.witness);
  }
  if (verdict.seen_by) {
    out += format("  all leaves were there at {} ({})\n", verdict.seen_by->time.text(), verdict.seen_by->witness);
  }
}

}  // namespace

std::string_view name_of(WitnessState state) { return name_in(kWitnessStates, state); }
std::string_view name_of(Check check) { return name_in(kChecks, check); }
std::string_view name_of(Outcome outcome) { return name_in(kOutcomes, outcome); }

std::string Failure::sentence() const {
  std::string out(name_of(check));
  if (!file.empty()) out.append(": ").append(file);
  if (leaf) out.append(": leaf ").append(std::to_string(*leaf));
  return out.append(": ").append(message);
}

int Verdict::exit_status(Unwitnessed unwitnessed) const {
  if (outcome == Outcome::unwitnessed) return unwitnessed == Unwitnessed::allowed ? 0 : 1;
  return outcome == Outcome::witnessed ? 0 : 1;
}

std::string to_json(const Verdict& verdict) {
  JsonWriter out;
  out.begin_object().member("type", "verdict").member("outcome", name_of(verdict.outcome));
  out.member("failure_count", verdict.failure_count).key("failures").begin_array();
  for (const Failure& failure : verdict.failures) {
    out.begin_object().member("check", name_of(failure.check)).member("file", failure.file).key("leaf");
    if (failure.leaf) {
      out.unsigned_integer(*failure.leaf);
    } else {
      out.null();
    }
    out.member("message", failure.message).end_object();
  }
  out.end_array();
  write_not_after(out, verdict.not_after);
  write_tallies(out, "checked", verdict.checked);
  write_tallies(out, "withheld", verdict.withheld);
  write_witnesses(out, verdict);
  out.key("unchecked").begin_array();
  for (const std::string& sentence : verdict.unchecked) out.text(sentence);
  out.end_array().end_object();
  return out.take() + "\n";
}

std::string to_text(const Verdict& verdict) {
  std::string out = format("verdict: {}\n", name_of(verdict.outcome));
  const auto section = [&](std::string_view title) { out.append("\n").append(title).append("\n"); };
  if (verdict.failure_count > 0) {
    section(format("What is wrong ({}):", verdict.failure_count));
    for (const Failure& failure : verdict.failures) out.append("  ").append(failure.sentence()).append("\n");
    if (verdict.failure_count > verdict.failures.size()) {
      out += format("  … and {} more\n", verdict.failure_count - verdict.failures.size());
    }
  }
  append_witnesses(out, verdict);
  const auto tallies = [&](std::string_view title, const std::vector<Tally>& list) {
    if (list.empty()) return;
    section(title);
    for (const Tally& tally : list) out += format("  {:>9}  {}\n", tally.count, tally.what);
  };
  out += not_after_text(verdict.not_after);
  tallies("What was checked:", verdict.checked);
  tallies("What is withheld:", verdict.withheld);
  if (!verdict.unchecked.empty()) section("What could not be checked:");
  for (const std::string& sentence : verdict.unchecked) out.append("  ").append(sentence).append("\n");
  return out;
}

}  // namespace gavah::verify
