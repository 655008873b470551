#include "media/media.h"

#include <algorithm>

#include "base/utf8.h"
#include "media/film_facts.h"
#include "media/heif_facts.h"
#include "media/sound_facts.h"
#include "media/still_facts.h"

namespace gavah::media {
namespace {

constexpr std::size_t kValueBytes = 1000;  // a caption; what is longer is cut

/// Well-formed, on one line, without what is around it.
std::string tidy(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size() && value[at] != '\0';) {
    const CodePoint point = decode_utf8(value, at);
    append_utf8(out, point.value < 0x20 || point.value == 0x7F ? U' ' : point.value);
    at += point.size_bytes;
  }
  const std::size_t begin = std::min(out.find_first_not_of(' '), out.size());
  const std::size_t end = out.find_last_not_of(' ') + 1;
  return std::string(utf8_prefix(std::string_view(out).substr(begin, end - std::min(begin, end)), kValueBytes));
}

}  // namespace

Facts facts_of(std::string_view bytes) {
  Facts out = film_facts(bytes);
  if (out.empty()) out = heif_facts(bytes);
  if (out.empty()) out = sound_facts(bytes);
  if (out.empty()) out = still_facts(bytes);
  for (auto& [key, value] : out) value = tidy(value);
  std::erase_if(out, [](const auto& fact) { return fact.second.empty(); });
  return out;
}

}  // namespace gavah::media
