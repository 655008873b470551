#include "extract/revisit.h"

namespace gavah::extract {

void read_revisit(ReportSet& set) {
  Report& report = *set.add(ReportKind::article);
  report.hollow = "as it was before";
  const auto& hints = set.input().part.hints;
  const auto original = hints.find("refers_to_url");
  if (original == hints.end()) return;
  report.relations.push_back({RelationKind::versions, original->second, std::nullopt});
}

}  // namespace gavah::extract
