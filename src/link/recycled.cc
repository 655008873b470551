#include "link/recycled.h"

#include <algorithm>

#include "text/text.h"

namespace gavah::link {
namespace {

bool states_date(const Claim& claim) {
  if (claim.time.precision > TimePrecision::day_stated) return false;
  const std::string phrase = text::folded_key(claim.time.phrase);
  return std::ranges::any_of(phrase, [](char c) { return c >= '0' && c <= '9'; });
}

bool other_ground(const Statement& a, const Statement& b) {
  const auto differ = [](const Place* x, const Place* y) { return x != nullptr && y != nullptr && x->id != y->id; };
  return differ(a.facility, b.facility) || differ(a.town, b.town);
}

/// Statements of one report: they are sorted by report.
std::span<Statement> of_report(std::vector<Statement>& statements, ReportNumber report) {
  const auto range = std::ranges::equal_range(statements, report, {}, &Statement::report);
  return {range.begin(), range.end()};
}

void redate(Statement& statement, std::span<const Statement> older, Day published) {
  const Statement* twin = nullptr;
  for (const Statement& candidate : older) {
    if (candidate.rule.family != statement.rule.family || other_ground(candidate, statement)) continue;
    if (candidate.days.overlaps(statement.days) && !statement.is_time_guessed) return;
    if (twin == nullptr) twin = &candidate;
  }
  statement.is_recycled = true;
  statement.is_day_loose = true;
  statement.days = twin != nullptr ? twin->days : DayRange{published.number - kGuessDays, published.number};
  statement.is_time_guessed = twin == nullptr || twin->is_time_guessed;
}

}  // namespace

void redate_recycled(std::vector<Statement>& statements, const Corpus& corpus, const std::vector<Tie>& ties) {
  Forest same(corpus.reports.size());
  std::vector<bool> has_old_picture(corpus.reports.size());
  for (const Tie& tie : ties) {
    if (tie.ground == TieGround::stated) continue;
    same.join(tie.earlier, tie.later);
    if (tie.ground == TieGround::same_picture) has_old_picture[tie.later] = true;
  }
  for (ReportNumber report = 0; report < corpus.reports.size(); ++report) {
    const ReportNumber origin = same.root(report);
    if (origin == report || !corpus.days[origin]) continue;
    if (corpus.days_apart(origin, report).value_or(0) < kRecycledDays) continue;
    const std::span<const Statement> older = of_report(statements, origin);
    for (Statement& statement : of_report(statements, report)) {
      if (statement.role != StatementRole::assertion) continue;
      if (states_date(*statement.claim) && !has_old_picture[report]) continue;
      redate(statement, older, *corpus.days[origin]);
    }
  }
}

}  // namespace gavah::link
