#include "media/xmp.h"

#include <array>
#include <charconv>

#include "base/utf8.h"
#include "media/exif.h"

namespace gavah::media {
namespace {

constexpr std::size_t kMaxPacketBytes = std::size_t{1} << 20U;  // programs write some kilobytes, and a history of edits
constexpr std::size_t kMaxValueBytes = 4000;

struct Property {
  std::string_view name;
  std::string_view fact;
};
constexpr std::array kProperties{Property{"exif:DateTimeOriginal", "taken"},
                                 Property{"photoshop:DateCreated", "taken"},
                                 Property{"dc:title", "title"},
                                 Property{"photoshop:Headline", "title"},
                                 Property{"dc:description", "caption"},
                                 Property{"dc:creator", "author"},
                                 Property{"dc:rights", "credit"},
                                 Property{"photoshop:Credit", "credit"},
                                 Property{"tiff:Make", "camera_make"},
                                 Property{"tiff:Model", "camera_model"},
                                 Property{"xmp:CreatorTool", "software"}};

/// One reference to a character, without & and ;. Empty for one that is not known.
std::string decoded(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNamed{
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}}};
  for (const auto& [known, text] : kNamed) {
    if (known == name) return std::string(text);
  }
  if (!name.starts_with('#')) return {};
  const bool is_hex = name.substr(1).starts_with('x');
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  std::uint32_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
  constexpr std::uint32_t kLast = 0x10FFFF;
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || value > kLast) return {};
  std::string out;
  append_utf8(out, value);
  return out;
}

std::string unescaped(std::string_view text) {
  constexpr std::size_t kMaxNameBytes = 10;
  std::string out;
  text = text.substr(0, kMaxValueBytes);
  while (!text.empty()) {
    const std::size_t end = text.front() == '&' ? text.substr(0, kMaxNameBytes).find(';') : std::string_view::npos;
    if (end != std::string_view::npos) {
      out += decoded(text.substr(1, end - 1));
      text.remove_prefix(end + 1);
    } else {
      out.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return out;
}

/// The words between the tags of what an element holds: those of its first item, where it holds a list.
std::string_view first_words(std::string_view body) {
  while (!body.empty()) {
    const std::size_t tag = std::min(body.find('<'), body.size());
    const std::string_view words = body.substr(0, tag);
    if (words.find_first_not_of(" \t\r\n") != std::string_view::npos) return words;
    const std::size_t end = body.find('>', tag);
    if (end == std::string_view::npos) return {};
    body.remove_prefix(end + 1);
  }
  return {};
}

/// What stands as attribute name="…" or between <name> and </name>, for the first of either.
std::string value_of(std::string_view packet, std::string_view name) {
  const std::size_t at = packet.find(name);
  if (at == std::string_view::npos || at == 0) return {};
  const std::string_view rest = packet.substr(at + name.size());
  if (packet[at - 1] == '<') {
    const std::size_t begin = rest.find('>');
    const std::size_t end = rest.find("</" + std::string(name));
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
    return unescaped(first_words(rest.substr(begin + 1, end - begin - 1)));
  }
  if (rest.size() < 2 || rest[0] != '=' || (rest[1] != '"' && rest[1] != '\'')) return {};
  const std::size_t end = rest.find(rest[1], 2);
  return end == std::string_view::npos ? std::string() : unescaped(rest.substr(2, end - 2));
}

void put_taken(const std::string& text, Facts& out) {
  constexpr std::size_t kClock = 19;
  if (!has_shape(text, "0000-00-00T00:00:00") || out.contains("taken")) return;
  const std::string zone = text.substr(std::min(text.find_first_of("+-Z", kClock), text.size()));
  out["taken"] = text.substr(0, kClock);
  const bool is_stated = zone.size() == 6 && (has_shape(zone, "+00:00") || has_shape(zone, "-00:00"));
  out["taken_zone"] = zone == "Z" ? "UTC" : is_stated ? zone : "not stated";
}

}  // namespace

void add_xmp(std::string_view packet, Facts& out) {
  packet = packet.substr(0, kMaxPacketBytes);
  for (const Property& property : kProperties) {
    const std::string value = value_of(packet, property.name);
    if (value.empty()) continue;
    if (property.fact == "taken") {
      put_taken(value, out);
    } else {
      out.try_emplace(std::string(property.fact), value);
    }
  }
}

}  // namespace gavah::media
