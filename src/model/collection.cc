#include "model/collection.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/format.h"

namespace gavah {
namespace {

struct TextField {
  std::string_view key;
  std::string Collection::* field;
};
constexpr std::array kBefore{TextField{"requested_url", &Collection::requested_url},
                             TextField{"final_url", &Collection::final_url}};
constexpr std::array kBehind{TextField{"platform_id", &Collection::platform_id},
                             TextField{"collector_address", &Collection::collector_address},
                             TextField{"collector_identity", &Collection::collector_identity},
                             TextField{"clock", &Collection::clock},
                             TextField{"tool", &Collection::tool},
                             TextField{"viewport", &Collection::viewport},
                             TextField{"hash_algorithm", &Collection::hash_algorithm},
                             TextField{"hash", &Collection::hash}};

void write_field(JsonWriter& out, const Collection& collection, const TextField& each) {
  const std::string& value = collection.*each.field;
  if (!value.empty()) out.member(each.key, value);
}

bool is_known(std::string_view name) {
  const auto is_it = [&](const TextField& each) { return each.key == name; };
  return name == "redirects" || name == "hashed" || std::any_of(kBefore.begin(), kBefore.end(), is_it) ||
         std::any_of(kBehind.begin(), kBehind.end(), is_it);
}

}  // namespace

void write_collection(JsonWriter& out, const Collection& collection) {
  out.begin_object();
  for (const TextField& each : kBefore) write_field(out, collection, each);
  if (!collection.redirects.empty()) {
    out.key("redirects").begin_array();
    for (const std::string& address : collection.redirects) out.text(address);
    out.end_array();
  }
  for (const TextField& each : kBehind) write_field(out, collection, each);
  if (collection.hashed) out.member("hashed", collection.hashed->text());
  out.end_object();
}

Result<Collection> collection_from_json(const Json& json) {
  ObjectReader in(json);
  Collection out;
  for (const TextField& each : kBefore) out.*each.field = in.optional_text(each.key).value_or("");
  for (const Json& address : in.array("redirects")) {
    if (address.string() == nullptr) in.complain("redirects", "holds something that is no address");
    if (out.redirects.size() == Collection::kRedirects) {
      in.complain("redirects", format("has more than {} addresses", Collection::kRedirects));
      break;
    }
    if (address.string() != nullptr) out.redirects.push_back(*address.string());
  }
  for (const TextField& each : kBehind) out.*each.field = in.optional_text(each.key).value_or("");
  out.hashed = in.optional_parsed("hashed", Instant::parse);
  for (const auto& [name, value] : json.members()) {
    if (!is_known(name)) in.complain(name, "is not known here");
  }
  GAVAH_TRY_AS(in.finish(), "reading how it was collected");
  return out;
}

}  // namespace gavah
