#include "link/voice.h"

#include <algorithm>
#include <map>

#include "link/forest.h"
#include "text/text.h"

namespace gavah::link {
namespace {

/// Reports of the cluster by voice: joined by descent and by family.
std::vector<Voice> split_reports(const Cluster& cluster, const ClusterContext& context, const Corpus& corpus) {
  Forest forest(cluster.reports.size());
  std::map<ReportNumber, std::uint32_t> by_descent;
  std::map<FamilyNumber, std::uint32_t> by_family;
  for (std::uint32_t i = 0; i < cluster.reports.size(); ++i) {
    const ReportNumber report = cluster.reports[i];
    forest.join(by_descent.emplace(context.descent[report], i).first->second, i);
    forest.join(by_family.emplace(corpus.family_of[report], i).first->second, i);
  }
  std::map<std::uint32_t, Voice> voices;
  for (std::uint32_t i = 0; i < cluster.reports.size(); ++i)
    voices[forest.root(i)].reports.push_back(cluster.reports[i]);
  std::vector<Voice> out;
  for (auto& [root, voice] : voices) out.push_back(std::move(voice));
  return out;
}

bool is_retraction(const Corpus& corpus, ReportNumber report) {
  return std::ranges::any_of(corpus.reports[report]->relations,
                             [](const Relation& relation) { return relation.kind == RelationKind::retracts; });
}

/// "We retract our report that guards opened fire": the words repeat the act inside the passage that takes it back.
bool is_taken_back(const Corpus& corpus, const Statement& statement) {
  return std::ranges::any_of(corpus.reports[statement.report]->relations, [&](const Relation& relation) {
    return relation.kind == RelationKind::retracts && relation.span &&
           relation.span->overlaps(statement.claim->trigger);
  });
}

/// "The Gazette" speaking in gazette.example: a word of the speaker's name stands in the source's id.
bool speaks_itself(const Actor& speaker, const std::string& source) {
  constexpr std::size_t kTellingBytes = 5;
  const std::string name = text::folded_key(speaker.name);
  for (std::size_t from = 0; from < name.size();) {
    const std::size_t end = std::min(name.find(' ', from), name.size());
    const std::string_view word = std::string_view(name).substr(from, end - from);
    if (word.size() >= kTellingBytes && source.find(word) != std::string::npos) return true;
    from = end + 1;
  }
  return false;
}

/// A denial in the report's own voice, not one that it quotes.
bool is_own(const Statement& statement, const Corpus& corpus) {
  if (is_retraction(corpus, statement.report)) return true;
  const auto& speaker = statement.claim->speaker;
  if (speaker && speaks_itself(*speaker, corpus.reports[statement.report]->source)) return true;
  const Attribution attribution = statement.claim->attribution;
  return !statement.claim->speaker &&
         (attribution == Attribution::unattributed || attribution == Attribution::social_post);
}

void weigh(Voice& voice, const ClusterContext& context, const Corpus& corpus) {
  std::optional<ReportNumber> last_assertion;
  std::optional<ReportNumber> last_own_denial;
  bool quotes = false;
  for (const StatementNumber number : voice.members) {
    const Statement& statement = context.statements[number];
    const bool is_denial = statement.role == StatementRole::denial || is_taken_back(corpus, statement);
    if (!is_denial) {
      last_assertion = statement.report;
    } else if (is_own(statement, corpus)) {
      last_own_denial = statement.report;
    } else {
      quotes = true;
    }
  }
  voice.retracts = last_assertion && last_own_denial && *last_own_denial > *last_assertion;
  voice.asserts = last_assertion && !voice.retracts;
  voice.denies = !last_assertion && last_own_denial.has_value();
  voice.relays_denial = quotes;
}

}  // namespace

std::vector<Voice> voices_on(const Cluster& cluster, const ClusterContext& context, const Corpus& corpus) {
  std::vector<Voice> voices = split_reports(cluster, context, corpus);
  std::map<ReportNumber, Voice*> of_report;
  for (Voice& voice : voices) {
    for (const ReportNumber report : voice.reports) of_report[report] = &voice;
  }
  for (const StatementNumber number : cluster.members) {
    of_report[context.statements[number].report]->members.push_back(number);
  }
  for (Voice& voice : voices) weigh(voice, context, corpus);
  return voices;
}

bool is_contested(const std::vector<Voice>& voices) {
  return asserting_count(voices) > 0 &&
         std::ranges::any_of(voices, [](const Voice& voice) { return voice.denies || voice.relays_denial; });
}

std::uint32_t asserting_count(const std::vector<Voice>& voices) {
  return static_cast<std::uint32_t>(std::ranges::count_if(voices, &Voice::asserts));
}

}  // namespace gavah::link
