#include "capture/wacz.h"

#include "base/json.h"

namespace gavah::capture {
namespace {

bool is_web_archive_name(std::string_view name) {
  for (const std::string_view ending : {".warc", ".warc.gz", ".arc", ".arc.gz"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace

bool is_wacz_member(std::string_view name) { return name == "datapackage.json" || is_wacz_document(name); }

bool is_wacz_document(std::string_view name) {
  return name.ends_with(".wacz") || (name.starts_with("archive/") && is_web_archive_name(name));
}

Result<std::vector<WaczResource>> parse_wacz_package(std::string_view text) {
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text), "reading datapackage.json");
  const Json* resources = json.find("resources");
  if (resources == nullptr || !resources->is_array()) {
    return fail(ErrorCode::invalid_input, "datapackage.json lists no resources");
  }
  std::vector<WaczResource> out;
  for (const Json& item : resources->items()) {
    WaczResource resource;
    resource.path = item.text_of("path");
    const std::string_view hash = item.text_of("hash");
    if (hash.starts_with("sha256:")) {
      if (const auto digest = Digest::from_hex(hash.substr(7))) resource.digest = *digest;
    }
    const Json* size = item.find("bytes");
    if (size != nullptr && size->integer().value_or(-1) >= 0) {
      resource.size_bytes = static_cast<std::uint64_t>(*size->integer());
    }
    out.push_back(std::move(resource));
  }
  return out;
}

}  // namespace gavah::capture
