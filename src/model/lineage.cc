#include "model/lineage.h"

#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<LineageKind>, 5> kKinds{{{LineageKind::copy, "copy"},
                                                    {LineageKind::syndication, "syndication"},
                                                    {LineageKind::translation, "translation"},
                                                    {LineageKind::same_media, "same media"},
                                                    {LineageKind::same_family, "same family"}}};

}  // namespace

std::string_view name_of(LineageKind kind) { return name_in(kKinds, kind); }
Result<LineageKind> lineage_kind_from(std::string_view name) { return value_in(kKinds, name, "lineage kind"); }

std::string to_json(const Lineage& lineage) {
  JsonWriter out;
  out.begin_object().member("type", "lineage").member("id", lineage.id.hex());
  write_ids(out, "reports", lineage.reports);
  out.member("origin", lineage.origin.hex()).member("kind", name_of(lineage.kind)).key("why").begin_array();
  for (const auto& sentence : lineage.why) out.text(sentence);
  out.end_array().end_object();
  return out.take();
}

Result<Lineage> lineage_from_json(const Json& json) {
  ObjectReader in(json);
  Lineage out;
  out.id = in.parsed("id", LineageId::from_hex);
  out.reports = read_ids<ReportId>(in, "reports");
  out.origin = in.parsed("origin", ReportId::from_hex);
  out.kind = in.optional_parsed("kind", lineage_kind_from).value_or(LineageKind::copy);
  for (const Json& sentence : in.array("why")) {
    if (sentence.string() != nullptr) out.why.push_back(*sentence.string());
  }
  GAVAH_TRY_AS(in.finish(), "reading a lineage");
  return out;
}

}  // namespace gavah
