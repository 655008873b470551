#pragma once

#include <optional>
#include <string>

#include "base/id.h"
#include "base/instant.h"
#include "base/json.h"

namespace gavah {

/// Who publishes. Every source has an interest; `family` says who owns or feeds it.
struct Source {
  std::string id;  ///< chosen by the operator, unique in the registry ("harbor-gazette", an account "@name", a host)
  std::string name;
  std::string kind;  ///< "outlet", "agency", "state outlet", "channel", "account", "person", "organisation", "list", …
  std::string family;  ///< empty: a family of its own
  std::string lang;    ///< BCP 47 primary tag, may be empty
  std::optional<Day> valid_from;
  std::optional<Day> valid_to;
  std::string reason;
  friend bool operator==(const Source&, const Source&) = default;
};

/// The family, or the source's own id when none is stated.
const std::string& family_of(const Source& source);

/// {"type":"source","id","name","kind","family","lang","valid":[from,to],"reason"}
std::string to_json(const Source& source);
Result<Source> source_from_json(const Json& json);

}  // namespace gavah
