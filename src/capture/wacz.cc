#include "capture/wacz.h"

#include <charconv>

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

std::optional<WaczIndexEntry> parse_wacz_index_line(std::string_view line) {
  const std::size_t brace = line.find(" {");
  if (brace == std::string_view::npos) return std::nullopt;
  const auto json = Json::parse(line.substr(brace + 1));
  if (!json) return std::nullopt;
  // Numbers are written as such or as strings.
  const auto number = [&](std::string_view key) -> std::optional<std::uint64_t> {
    const Json* value = json->find(key);
    if (value == nullptr) return std::nullopt;
    if (value->integer() && *value->integer() >= 0) return static_cast<std::uint64_t>(*value->integer());
    const std::string_view text = json->text_of(key);
    std::uint64_t out = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
    return parsed.ec == std::errc{} && !text.empty() ? std::optional(out) : std::nullopt;
  };
  const auto offset = number("offset");
  const auto size = number("length");
  if (!offset || !size) return std::nullopt;
  return WaczIndexEntry{std::string(json->text_of("filename")), *offset, *size};
}

std::optional<WaczPage> parse_wacz_page(std::string_view line) {
  const auto json = Json::parse(line);
  if (!json || json->text_of("url").empty()) return std::nullopt;
  return WaczPage{std::string(json->text_of("url")), std::string(json->text_of("title")),
                  std::string(json->text_of("id"))};
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
    // Version 1.0 has them in an object of their own.
    const Json* stats = item.find("stats");
    std::string_view hash = item.text_of("hash");
    if (hash.starts_with("sha256:")) hash.remove_prefix(7);
    if (stats != nullptr && item.text_of("hashing") == "sha256") hash = stats->text_of("hash");
    if (const auto digest = Digest::from_hex(hash)) resource.digest = *digest;
    const Json* size = stats != nullptr ? stats->find("bytes") : item.find("bytes");
    if (size != nullptr && size->integer().value_or(-1) >= 0) {
      resource.size_bytes = static_cast<std::uint64_t>(*size->integer());
    }
    out.push_back(std::move(resource));
  }
  return out;
}

}  // namespace gavah::capture
