#include "link/corpus.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "link/citation.h"

namespace gavah::link {
namespace {

constexpr std::size_t kNameLimitBytes = 4;  // shorter names ("AP") stand in too many other words' places

std::optional<Day> day_of(const ReportDigest& report) {
  // An interval that is open or wider than a day tells a bound, not a day; its end is then the safer one.
  if (report.published_from && report.published_to) return report.published_from->day();
  if (report.published_to) return report.published_to->day();
  if (report.published_from) return report.published_from->day();
  if (report.captured) return report.captured->day();
  return std::nullopt;
}

std::int64_t order_of(const ReportDigest& report) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  // By the end: what is dated to the day only may be as late as its evening.
  if (report.published_to) return report.published_to->seconds;
  if (report.published_from) return report.published_from->seconds;
  return report.captured ? report.captured->seconds : kLast;
}

std::map<std::string, std::string, std::less<>> families_of(std::span<const Source> sources) {
  std::map<std::string, std::string, std::less<>> out;
  for (const Source& source : sources) out.emplace(source.id, family_of(source));
  return out;
}

/// The spellings of a name ("The Compass / قطب‌نما"), folded, without a leading article.
std::vector<std::string> spellings(std::string_view name) {
  std::vector<std::string> out;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(" / "), name.size());
    std::string folded = citation_key(name.substr(0, end));
    if (folded.starts_with("the ")) folded.erase(0, 4);
    if (folded.size() >= kNameLimitBytes) out.push_back(std::move(folded));
    name.remove_prefix(std::min(end + 3, name.size()));
  }
  return out;
}

}  // namespace

std::string Corpus::describe(ReportNumber report) const {
  const std::string& source = reports[report]->source;
  const std::string when = days[report] ? days[report]->text() : "undated";
  return (source.empty() ? "unknown source" : source) + ", " + when;
}

std::optional<std::int32_t> Corpus::days_apart(ReportNumber a, ReportNumber b) const {
  if (!days[a] || !days[b]) return std::nullopt;
  return std::abs(days[a]->number - days[b]->number);
}

Corpus corpus_of(std::span<const ReportDigest> reports, std::span<const Source> sources) {
  Corpus out;
  out.reports.reserve(reports.size());
  for (const ReportDigest& report : reports) out.reports.push_back(&report);
  std::ranges::sort(out.reports, [](const ReportDigest* a, const ReportDigest* b) {
    return std::tuple(order_of(*a), a->captured, a->id) < std::tuple(order_of(*b), b->captured, b->id);
  });
  const auto registered = families_of(sources);
  std::vector<const std::string*> family_names;
  for (const ReportDigest* report : out.reports) {
    const auto found = registered.find(report->source);
    family_names.push_back(found == registered.end() ? &report->source : &found->second);
    out.families.push_back(*family_names.back());
    out.number_of.emplace(report->id, static_cast<ReportNumber>(out.days.size()));
    out.days.push_back(day_of(*report));
  }
  std::ranges::sort(out.families);
  const auto [first, last] = std::ranges::unique(out.families);
  out.families.erase(first, last);
  for (const std::string* name : family_names) {
    const auto at = std::ranges::lower_bound(out.families, *name);
    out.family_of.push_back(static_cast<FamilyNumber>(at - out.families.begin()));
  }
  return out;
}

CitedFamilies::CitedFamilies(const Corpus& corpus, std::span<const Source> sources)
    : corpus_(corpus), names_(corpus.families) {
  std::vector<const Source*> sorted;
  for (const Source& source : sources) sorted.push_back(&source);
  std::ranges::sort(sorted, {}, &Source::id);
  for (const Source* source : sorted) {
    const std::string& family = family_of(*source);
    const auto at = std::ranges::lower_bound(corpus.families, family);
    auto number = static_cast<FamilyNumber>(at - corpus.families.begin());
    if (at == corpus.families.end() || *at != family) {
      const auto later =
          std::find(names_.begin() + static_cast<std::ptrdiff_t>(corpus.families.size()), names_.end(), family);
      number = static_cast<FamilyNumber>(later - names_.begin());
      if (later == names_.end()) names_.push_back(family);
    }
    for (std::string& name : spellings(source->name)) by_phrase_.emplace(std::move(name), number);
  }
}

std::vector<FamilyNumber> CitedFamilies::cited_by(ReportNumber report) const {
  std::vector<FamilyNumber> out;
  for (const std::string& phrase : corpus_.reports[report]->cited) {
    for (std::size_t from = 0; from < phrase.size();) {
      for (std::size_t to = phrase.find(' ', from);; to = phrase.find(' ', to + 1)) {
        const std::size_t end = std::min(to, phrase.size());
        const auto found = by_phrase_.find(std::string_view(phrase).substr(from, end - from));
        if (found != by_phrase_.end() && found->second != corpus_.family_of[report]) out.push_back(found->second);
        if (end == phrase.size()) break;
      }
      const std::size_t space = phrase.find(' ', from);
      from = space == std::string::npos ? phrase.size() : space + 1;
    }
  }
  std::ranges::sort(out);
  const auto [first, last] = std::ranges::unique(out);
  out.erase(first, last);
  return out;
}

}  // namespace gavah::link
