#include "link/tally.h"

#include <algorithm>
#include <limits>
#include <map>

namespace gavah::link {
namespace {

constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max();

std::int64_t low_of(const Count& count) { return count.low.value_or(0); }
std::int64_t high_of(const Count& count) {
  // A toll that is still counted is a lower bound.
  return count.scope == CountScope::so_far ? kEndless : count.high.value_or(kEndless);
}

/// Two values of one report: what both allow, else all that either allows.
void fold_in(Count& kept, const Count& other) {
  const std::int64_t low = std::max(low_of(kept), low_of(other));
  const std::int64_t high = std::min(kept.high.value_or(kEndless), other.high.value_or(kEndless));
  const bool agree = low <= high;
  const std::int64_t new_low = agree ? low : std::min(low_of(kept), low_of(other));
  const std::int64_t new_high = agree ? high : std::max(kept.high.value_or(kEndless), other.high.value_or(kEndless));
  if (kept.low || other.low) kept.low = new_low;
  kept.high = new_high == kEndless ? std::nullopt : std::optional(new_high);
}

/// What a voice says last of each kind.
std::map<std::string, Count> last_counts(const Voice& voice, const ClusterContext& context) {
  std::map<std::string, std::pair<ReportNumber, Count>> last;
  for (const StatementNumber number : voice.members) {
    const Statement& statement = context.statements[number];
    for (const Count& count : statement.claim->counts) {
      if (count.scope == CountScope::per_day || (!count.low && !count.high)) continue;
      const auto [at, is_new] = last.try_emplace(count.kind, statement.report, count);
      if (is_new) continue;
      if (at->second.first == statement.report) {
        fold_in(at->second.second, count);
      } else if (at->second.first < statement.report) {
        at->second = {statement.report, count};
      }
    }
  }
  std::map<std::string, Count> out;
  for (auto& [kind, value] : last) out.emplace(kind, std::move(value.second));
  return out;
}

EventCount chosen(const std::string& kind, const std::vector<Count>& values) {
  EventCount out;
  out.rule = values.size() == 1 ? kOnlyRule : kMedianRule;
  if (values.size() == 1) {
    out.count = values.front();
  } else {
    std::vector<std::pair<std::int64_t, std::optional<std::int64_t>>> lows;
    std::vector<std::int64_t> highs;
    for (const Count& value : values) {
      lows.emplace_back(low_of(value), value.low);
      highs.push_back(high_of(value));
    }
    std::ranges::sort(lows);
    std::ranges::sort(highs);
    out.count.low = lows[(lows.size() - 1) / 2].second;
    const std::int64_t high = highs[highs.size() / 2];
    out.count.high = high == kEndless ? std::nullopt : std::optional(high);
    const bool is_total =
        std::ranges::all_of(values, [](const Count& count) { return count.scope == CountScope::since; });
    out.count.scope = is_total ? CountScope::since : CountScope::this_act;
  }
  out.count.kind = kind;
  // The words and their place belong to one claim of one report; the choice has none of its own.
  out.count.phrase.clear();
  out.count.span.reset();
  out.count.qualifier.clear();
  return out;
}

}  // namespace

std::vector<EventCount> tally(const std::vector<Voice>& voices, const ClusterContext& context,
                              std::span<const LineageId> lineages) {
  std::map<std::string, std::vector<EventCount>> stated;
  std::map<std::string, std::vector<Count>> weighed;
  for (const Voice& voice : voices) {
    for (auto& [kind, count] : last_counts(voice, context)) {
      if (voice.asserts) weighed[kind].push_back(count);
      stated[kind].push_back({count, lineages[voice.reports.front()], {}});
    }
  }
  std::vector<EventCount> out;
  for (auto& [kind, counts] : stated) {
    std::ranges::move(counts, std::back_inserter(out));
    if (const auto values = weighed.find(kind); values != weighed.end()) out.push_back(chosen(kind, values->second));
  }
  return out;
}

}  // namespace gavah::link
