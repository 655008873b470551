#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"

namespace gavah {

enum class LineageKind { copy, syndication, translation, same_media, same_family };

/// Reports that descend from one origin. A report alone is a lineage of one, of kind copy.
struct Lineage {
  LineageId id;
  std::vector<ReportId> reports;  ///< sorted
  ReportId origin;                ///< the earliest known
  LineageKind kind = LineageKind::copy;
  std::vector<std::string> why;  ///< one sentence a link
};

std::string_view name_of(LineageKind kind);  ///< "copy", "syndication", "translation", "same media", "same family"
Result<LineageKind> lineage_kind_from(std::string_view name);
std::string to_json(const Lineage& lineage);
Result<Lineage> lineage_from_json(const Json& json);

/// Reads an array of ids; a bad one is a complaint.
template <class IdType>
std::vector<IdType> read_ids(ObjectReader& in, std::string_view key) {
  std::vector<IdType> out;
  for (const Json& item : in.array(key)) {
    auto id = IdType::from_hex(item.string() != nullptr ? std::string_view(*item.string()) : std::string_view());
    if (id) {
      out.push_back(*id);
    } else {
      in.complain(key, id.error().message);
    }
  }
  return out;
}

template <class IdType>
void write_ids(JsonWriter& out, std::string_view key, const std::vector<IdType>& ids) {
  out.key(key).begin_array();
  for (const auto& id : ids) out.text(id.hex());
  out.end_array();
}

}  // namespace gavah
