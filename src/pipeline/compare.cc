#include "pipeline/compare.h"

#include <algorithm>
#include <map>

#include "base/format.h"
#include "base/parallel.h"
#include "link/link.h"
#include "pipeline/claim_slots.h"
#include "pipeline/decided.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kBatchReports = 512;           // coded together: enough for every core
constexpr std::size_t kBatchBytes = 64ULL << 20U;    // ends a batch of long lines, so that few of them are in memory
constexpr std::size_t kMaxLineBytes = 64ULL << 20U;  // one line of JSON; a report has at most 64 MiB of bytes

/// A claim before and after; one of them may be missing.
struct Pair {
  std::optional<Claim> before;
  std::optional<Claim> after;
  std::vector<SlotChange> changes;

  bool is_same() const { return before && after && changes.empty(); }
  std::string_view kind() const { return !before ? "added" : !after ? "lost" : "changed"; }
  const Claim& claim() const { return before ? *before : *after; }
};

/// A report with what both codebooks make of it.
struct Item {
  std::string line;
  Report report;
  std::vector<Pair> pairs;
  std::optional<Error> problem;
};

/// Claims of one id belong together; of the others those of one act whose triggers share a byte, then those of any
/// act. What is left was lost or added. In the order of the claims before, then of the claims after. Both lists are
/// ordered by trigger; only triggers that may meet are held against each other, so that many claims cost no square.
class Pairing {
 public:
  Pairing(std::vector<Claim> before, std::vector<Claim> after)
      : before_(std::move(before)), after_(std::move(after)), partner_(before_.size()), taken_(after_.size()) {
    for (const Claim& claim : after_) longest_bytes_ = std::max(longest_bytes_, claim.trigger.size());
  }

  std::vector<Pair> run() {
    join_ids();
    join_triggers([](const Claim& a, const Claim& b) { return a.act == b.act; });
    join_triggers([](const Claim&, const Claim&) { return true; });
    std::vector<Pair> out;
    for (std::size_t i = 0; i < before_.size(); ++i) {
      Pair pair;
      pair.before = std::move(before_[i]);
      if (partner_[i]) {
        pair.after = std::move(after_[*partner_[i]]);
        pair.changes = changes_between(*pair.before, *pair.after);
      }
      out.push_back(std::move(pair));
    }
    for (std::size_t j = 0; j < after_.size(); ++j) {
      if (!taken_[j]) out.push_back({std::nullopt, std::move(after_[j]), {}});
    }
    return out;
  }

 private:
  void join(std::size_t i, std::size_t j) {
    partner_[i] = j;
    taken_[j] = true;
  }

  void join_ids() {
    std::map<ClaimId, std::size_t> by_id;
    for (std::size_t j = 0; j < after_.size(); ++j) by_id.emplace(after_[j].id, j);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      const auto found = by_id.find(before_[i].id);
      if (found != by_id.end() && !taken_[found->second]) join(i, found->second);
    }
  }

  template <class Suits>
  void join_triggers(Suits suits) {
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (partner_[i]) continue;
      const Span trigger = before_[i].trigger;
      const std::uint32_t from = trigger.begin - std::min(trigger.begin, longest_bytes_);
      auto at = std::ranges::lower_bound(after_, from, {}, [](const Claim& claim) { return claim.trigger.begin; });
      for (; at != after_.end() && at->trigger.begin < trigger.end && !partner_[i]; ++at) {
        const auto j = static_cast<std::size_t>(at - after_.begin());
        if (!taken_[j] && at->trigger.overlaps(trigger) && suits(before_[i], *at)) join(i, j);
      }
    }
  }

  std::vector<Claim> before_;
  std::vector<Claim> after_;
  std::vector<std::optional<std::size_t>> partner_;  // for each claim before, the one after
  std::vector<bool> taken_;
  std::uint32_t longest_bytes_ = 0;
};

struct Row {
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  std::uint64_t added = 0;
  std::uint64_t lost = 0;
  std::uint64_t changed = 0;
};

/// What a decision meets under each codebook.
struct Met {
  Decision decision;
  std::vector<bool> before;  ///< for each of its passages, whether a claim it is about stands there
  std::vector<bool> after;

  static void mark(std::vector<bool>& side, const Decision& decision, const Claim& claim) {
    for (std::size_t i = 0; i < side.size(); ++i) {
      if (claim.anchor && meets(decision.anchors[i], *claim.anchor)) side[i] = true;
    }
  }
  bool is_orphaned() const {
    return needs_claims(decision) && std::find(before.begin(), before.end(), false) == before.end() &&
           std::find(after.begin(), after.end(), false) != after.end();
  }
};

/// Which claims people decided on.
class Decided {
 public:
  void take(const std::vector<Decision>& decisions) {
    for (const Decision& decision : decisions) {
      if (decision.verb == Verb::code) {
        ++by_hand_;
        continue;
      }
      const std::size_t at = met_.size();
      met_.push_back(
          {decision, std::vector<bool>(decision.anchors.size()), std::vector<bool>(decision.anchors.size())});
      for (const Anchor& anchor : decision.anchors) {
        auto& list = by_part_[{anchor.capture, anchor.part}];
        if (list.empty() || list.back() != at) list.push_back(at);
      }
    }
  }

  /// The decisions about a claim, in the order of the log. Those after a correction of its act name the new one.
  /// `all`: the claims of its report by the same codebook.
  std::vector<Met*> about(Claim claim, std::span<const Claim> all) {
    std::vector<Met*> out;
    if (!claim.anchor) return out;
    const auto found = by_part_.find({claim.anchor->capture, claim.anchor->part});
    if (found == by_part_.end()) return out;
    const link::Rank rank = link::rank_of(claim, all);
    for (const std::size_t at : found->second) {
      const Decision& decision = met_[at].decision;
      if (!concerns(decision, claim, rank)) continue;
      out.push_back(&met_[at]);
      if (decision.verb == Verb::correct && link::corrected_slot(decision.slot).slot == "act")
        claim.act = decision.value;
    }
    return out;
  }

  const std::vector<Met>& met() const { return met_; }
  std::uint64_t by_hand() const { return by_hand_; }

 private:
  std::vector<Met> met_;
  std::map<std::pair<CaptureId, PartNumber>, std::vector<std::size_t>> by_part_;
  std::uint64_t by_hand_ = 0;
};

std::string brief(const Claim& claim) {
  std::string out = format("{} {} ({}); {}; {}", claim.act, name_of(claim.polarity), name_of(claim.stage),
                           time_text(claim.time), places_text(claim.places));
  for (const Count& count : claim.counts) out += "; " + count_text(count);
  return out;
}

class Comparison {
 public:
  Comparison(const code::Coder& before, const code::Coder& after, const IdSecret& secret, const CompareOptions& options,
             const LineSink& out)
      : before_(before), after_(after), secret_(secret), options_(options), out_(out) {}

  void decide(const std::vector<Decision>& all) { decided_.take(standing(all)); }

  /// A line of a report; others are the caller's.
  Result<void> add(std::string line) {
    batch_bytes_ += line.size();
    batch_.push_back({std::move(line), {}, {}, {}});
    return batch_.size() < kBatchReports && batch_bytes_ < kBatchBytes ? Result<void>{} : code_batch();
  }

  Result<Compared> finish() {
    GAVAH_TRY(code_batch());
    GAVAH_TRY(options_.form == Form::json ? json_totals() : text_totals());
    return all_.added + all_.lost + all_.changed == 0 ? Compared::same : Compared::different;
  }

 private:
  Result<void> code_batch() {
    parallel_for(batch_.size(), options_.threads, [&](std::size_t i) { code(batch_[i]); });
    for (const Item& item : batch_) {
      ++reports_;
      if (item.problem)
        return fail_with(Result<void>(std::unexpected(*item.problem)), format("report {} of the input", reports_));
      GAVAH_TRY(tell(item));
    }
    batch_.clear();
    batch_bytes_ = 0;
    return {};
  }

  void code(Item& item) const {
    const auto json = item.line.size() > kMaxLineBytes
                          ? Result<Json>(fail(ErrorCode::invalid_input, "the line is too long"))
                          : Json::parse(item.line);
    auto report = json ? report_from_json(*json) : Result<Report>(std::unexpected(json.error()));
    if (!report) {
      item.problem = report.error();
      return;
    }
    item.report = std::move(*report);
    item.pairs = Pairing(before_.code(item.report, secret_), after_.code(item.report, secret_)).run();
  }

  void count(const Pair& pair, const std::string& lang) {
    const auto in = [&](auto change) {
      change(all_);
      change(languages_[lang.empty() ? "und" : lang]);
    };
    if (pair.before) {
      in([](Row& row) { ++row.before; });
      ++acts_[pair.before->act].before;
    }
    if (pair.after) {
      in([](Row& row) { ++row.after; });
      ++acts_[pair.after->act].after;
    }
    if (pair.is_same()) return;
    if (!pair.before) {
      in([](Row& row) { ++row.added; });
      ++acts_[pair.after->act].added;
    } else if (!pair.after) {
      in([](Row& row) { ++row.lost; });
      ++acts_[pair.before->act].lost;
    } else {
      in([](Row& row) { ++row.changed; });
      count_changed(pair);
    }
  }

  /// A claim that changed its act is lost to the one and added to the other.
  void count_changed(const Pair& pair) {
    if (pair.before->act == pair.after->act) {
      ++acts_[pair.before->act].changed;
    } else {
      ++acts_[pair.before->act].lost;
      ++acts_[pair.after->act].added;
    }
  }

  Result<void> tell(const Item& item) {
    bool is_headed = false;
    std::vector<Claim> before;
    std::vector<Claim> after;
    for (const Pair& pair : item.pairs) {
      if (decided_.met().empty()) break;  // nobody asks for ranks
      if (pair.before) before.push_back(*pair.before);
      if (pair.after) after.push_back(*pair.after);
    }
    for (const Pair& pair : item.pairs) {
      count(pair, item.report.lang);
      std::vector<Met*> met = pair.before ? decided_.about(*pair.before, before) : std::vector<Met*>{};
      for (Met* one : met) Met::mark(one->before, one->decision, *pair.before);
      if (pair.after) {
        for (Met* one : decided_.about(*pair.after, after)) {
          Met::mark(one->after, one->decision, *pair.after);
          if (std::ranges::find(met, one) == met.end()) met.push_back(one);
        }
      }
      if (pair.is_same()) continue;
      if (options_.form == Form::json) {
        GAVAH_TRY(json(item.report, pair, met));
        continue;
      }
      if (!is_headed) {
        GAVAH_TRY(out_(format("report {} by {} ({})", item.report.id.hex(),
                              item.report.source.empty() ? "?" : item.report.source,
                              item.report.lang.empty() ? "und" : item.report.lang)));
      }
      is_headed = true;
      GAVAH_TRY(text(item.report, pair, met));
    }
    return {};
  }

  static std::string words_of(const Report& report, const Claim& claim) {
    return report.text.substr(claim.trigger.begin, claim.trigger.size());
  }

  Result<void> text(const Report& report, const Pair& pair, const std::vector<Met*>& met) {
    const Claim& claim = pair.claim();
    GAVAH_TRY(out_(format("  {:<8}{}; bytes {} to {} \u201c{}\u201d", pair.kind(), brief(claim), claim.trigger.begin,
                          claim.trigger.end, words_of(report, claim))));
    for (const SlotChange& change : pair.changes) {
      GAVAH_TRY(out_(format("          {}: from {} to {}", change.slot, change.from.empty() ? "nothing" : change.from,
                            change.to.empty() ? "nothing" : change.to)));
    }
    for (const Met* one : met) {
      const Decision& decision = one->decision;
      GAVAH_TRY(out_(format("          a person decided on it: {}{}{}, by {}", name_of(decision.verb),
                            decision.slot.empty() ? "" : " ", decision.slot, told_of(decision))));
    }
    return {};
  }

  Result<void> json(const Report& report, const Pair& pair, const std::vector<Met*>& met) {
    JsonWriter line;
    line.begin_object()
        .member("type", "compared claim")
        .member("report", report.id.hex())
        .member("lang", report.lang)
        .member("kind", pair.kind())
        .member("act", pair.claim().act)
        .key("before");
    pair.before ? line.text(pair.before->id.hex()) : line.null();
    line.key("after");
    pair.after ? line.text(pair.after->id.hex()) : line.null();
    line.key("trigger");
    write_span(line, pair.claim().trigger);
    line.member("words", words_of(report, pair.claim())).key("changes").begin_array();
    for (const SlotChange& change : pair.changes) {
      line.begin_object().member("slot", change.slot).member("from", change.from).member("to", change.to).end_object();
    }
    line.end_array().key("decisions").begin_array();
    for (const Met* one : met) line.text(one->decision.id.hex());
    return out_(line.end_array().end_object().str());
  }

  Result<void> text_row(std::string_view name, const Row& row) {
    return out_(
        format("{:<20}{:>10}{:>10}{:>10}{:>10}{:>10}", name, row.before, row.after, row.added, row.lost, row.changed));
  }

  Result<void> text_totals() {
    if (all_.added + all_.lost + all_.changed == 0) {
      return out_(format("the same {} claims of {} reports with both codebooks", all_.before, reports_));
    }
    GAVAH_TRY(out_(""));
    GAVAH_TRY(out_(
        format("{:<20}{:>10}{:>10}{:>10}{:>10}{:>10}", "claims of", "before", "after", "added", "lost", "changed")));
    GAVAH_TRY(text_row(format("{} reports", reports_), all_));
    for (const auto& [act, row] : acts_) GAVAH_TRY(text_row(act, row));
    for (const auto& [lang, row] : languages_) GAVAH_TRY(text_row(format("language {}", lang), row));
    if (decided_.by_hand() > 0)
      GAVAH_TRY(out_(format("{} decisions code claims by hand: they stay as they are", decided_.by_hand())));
    for (const Met& met : decided_.met()) {
      if (!met.is_orphaned()) continue;
      GAVAH_TRY(out_(format("would meet no claim any more, and wait for a person to settle: {}{}{}, by {}",
                            name_of(met.decision.verb), met.decision.slot.empty() ? "" : " ", met.decision.slot,
                            told_of(met.decision))));
    }
    return {};
  }

  static void json_row(JsonWriter& line, std::string_view name, const Row& row) {
    line.key(name)
        .begin_object()
        .member("before", row.before)
        .member("after", row.after)
        .member("added", row.added)
        .member("lost", row.lost)
        .member("changed", row.changed)
        .end_object();
  }

  Result<void> json_totals() {
    JsonWriter line;
    line.begin_object().member("type", "comparison").member("reports", reports_);
    json_row(line, "claims", all_);
    line.key("acts").begin_object();
    for (const auto& [act, row] : acts_) json_row(line, act, row);
    line.end_object().key("languages").begin_object();
    for (const auto& [lang, row] : languages_) json_row(line, lang, row);
    line.end_object().member("by_hand", decided_.by_hand()).key("orphaned").begin_array();
    for (const Met& met : decided_.met()) {
      if (met.is_orphaned()) line.text(met.decision.id.hex());
    }
    return out_(line.end_array().end_object().str());
  }

  const code::Coder& before_;
  const code::Coder& after_;
  const IdSecret secret_;
  const CompareOptions& options_;
  const LineSink& out_;
  Decided decided_;
  std::vector<Item> batch_;
  std::size_t batch_bytes_ = 0;
  std::uint64_t reports_ = 0;
  Row all_;
  std::map<std::string, Row> acts_;
  std::map<std::string, Row> languages_;
};

}  // namespace

Result<Compared> compare_lines(World& world, const LineSource& in, const FilterOptions& filters,
                               const CompareOptions& options, const LineSink& out) {
  GAVAH_ASSIGN(const Toolkit toolkit, load_toolkit(world, filters));
  GAVAH_ASSIGN(const CodebookFiles files, CodebookFiles::read(world.disk(), options.other_directory));
  GAVAH_ASSIGN(const code::Coder other, toolkit.coder_with(files));
  Comparison comparison(toolkit.coder(), other, IdSecret{}, options, out);
  std::vector<Decision> decisions;
  bool is_begun = false;
  std::uint64_t line_number = 0;
  for (auto line = in(); line; line = in()) {
    const std::string where = format("line {} of the input", ++line_number);
    // A report is read whole where it is coded, by many threads.
    if (!line->starts_with(R"({"type":"report")")) {
      if (line->size() > kMaxLineBytes) return fail(ErrorCode::invalid_input, where + ": the line is too long");
      GAVAH_ASSIGN_AS(const Json json, Json::parse(*line), where);
      const auto type = json.text_of("type");
      if (type == "decision") {
        if (is_begun) return fail(ErrorCode::invalid_input, where + ": decisions stand before the reports");
        GAVAH_ASSIGN_AS(Decision decision, decision_from_json(json), where);
        decisions.push_back(std::move(decision));
      }
      if (type != "report") continue;
    }
    if (!is_begun) comparison.decide(decisions);
    is_begun = true;
    GAVAH_TRY(comparison.add(std::move(*line)));
  }
  return comparison.finish();
}

Result<Compared> compare_chronicle(Chronicle& chronicle, const CompareOptions& options, const LineSink& out) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const Toolkit* toolkit, chronicle.toolkit());
  GAVAH_ASSIGN(const CodebookFiles files, CodebookFiles::read(chronicle.world().disk(), options.other_directory));
  GAVAH_ASSIGN(const code::Coder other, toolkit->coder_with(files));
  Comparison comparison(toolkit->coder(), other, chronicle.ids(), options, out);
  GAVAH_ASSIGN(auto decisions, chronicle.decisions());
  comparison.decide(decisions);
  GAVAH_TRY(index->for_each_json(store::IndexTable::reports, [&](std::string_view line) -> Result<void> {
    return comparison.add(std::string(line));
  }));
  return comparison.finish();
}

}  // namespace gavah::pipeline
