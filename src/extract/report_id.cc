#include <map>

#include "extract/extract.h"

namespace gavah::extract {

ReportId report_id(const ReportPlace& place, const IdSecret& secret) {
  std::string content;
  append_length_prefixed(content, place.capture.view());
  append_u32_be(content, place.part);
  append_u32_be(content, place.order);
  append_length_prefixed(content, name_of(place.kind));
  return secret.derive<ReportId>("report", content);
}

void give_ids(std::span<Report> reports, const IdSecret& secret) {
  std::map<std::string, std::string> targets;
  std::uint32_t order = 0;
  for (Report& report : reports) {
    const ReportPlace place{report.capture, report.part, order++, report.kind};
    const ReportId id = report_id(place, secret);
    targets[report.id.hex()] = id.hex();
    report.id = id;
  }
  for (Report& report : reports) {
    for (Relation& relation : report.relations) {
      const auto found = targets.find(relation.target);
      if (found != targets.end()) relation.target = found->second;
    }
  }
}

}  // namespace gavah::extract
