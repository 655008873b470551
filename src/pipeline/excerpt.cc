#include "base/format.h"
#include "pipeline/workflows.h"
#include "publish/publish.h"

namespace gavah::pipeline {

Result<ExcerptSummary> make_excerpt(World& world, const ExcerptOptions& options) {
  if (world.disk().exists(options.out)) return fail(ErrorCode::refused, format("{} exists", options.out));
  publish::ExcerptChoice choice{.entry = options.entry, .total = std::nullopt, .claim = options.claim};
  if (!options.total.empty()) choice.total = options.total;
  GAVAH_ASSIGN(const proof::Excerpt excerpt, publish::make_excerpt(world.disk(), options.edition, choice));
  const std::string text = excerpt.text();
  GAVAH_TRY(world.disk().replace(options.out, text));
  std::uint64_t claims = 0;
  for (const std::string& line : excerpt.claims) {
    if (line.find(R"(,"slot":"claims",)") != std::string::npos) ++claims;
  }
  return ExcerptSummary{text.size(), excerpt.leaves.size(), excerpt.records.size(), claims};
}

}  // namespace gavah::pipeline
