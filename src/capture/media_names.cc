#include "capture/media_names.h"

#include <algorithm>
#include <array>

#include "base/disk.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

constexpr auto kEndings =
    std::to_array<std::string_view>({"jpg",  "jpeg", "png", "webp", "gif", "heic", "avif", "tiff", "mp4", "mov", "3gp",
                                     "webm", "avi",  "mkv", "m4a",  "mp3", "ogg",  "oga",  "opus", "wav", "flac"});

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Behind a mark of direction or a quotation mark of Unicode (U+2000 to U+203F), which chats put before names.
bool is_behind_mark(std::string_view before) {
  return before.size() >= 3 && before.substr(before.size() - 3).starts_with("\xE2\x80");
}

/// How long the ending of a media file is that begins here, behind a dot; 0 when there is none.
std::size_t ending_at(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  std::array<char, kLongest> lower{};
  std::size_t size = 0;
  while (size < text.size() && is_letter_or_digit(text[size])) {
    if (size == kLongest) return 0;
    lower[size] = text[size] >= 'A' && text[size] <= 'Z' ? static_cast<char>(text[size] - 'A' + 'a') : text[size];
    ++size;
  }
  return std::ranges::find(kEndings, std::string_view(lower.data(), size)) == kEndings.end() ? 0 : size;
}

/// "77-Fabc.jpg" is "Fabc.jpg" to the post 77.
std::string_view without_post_id(std::string_view base) {
  const std::size_t dash = base.find_first_not_of("0123456789");
  if (dash == 0 || dash == std::string_view::npos || base[dash] != '-') return {};
  return base.substr(dash + 1);
}

/// The last folder of "a/b/" or "a\/b\/".
std::string_view last_folder(std::string_view before) {
  std::size_t end = before.size();
  while (end > 0 && (before[end - 1] == '/' || before[end - 1] == '\\')) --end;
  if (end == before.size()) return {};  // no folder stands there
  const std::size_t begin = before.substr(0, end).find_last_of("/\\\"'<>()[]=, \t\r\n");
  return before.substr(begin == std::string_view::npos ? 0 : begin + 1, end - (begin + 1));
}

std::string_view folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : last_folder(name.substr(0, slash + 1));
}

}  // namespace

bool MediaNames::is_media(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && ending_at(name.substr(dot + 1)) == name.size() - dot - 1 &&
         dot + 1 < name.size();
}

void MediaNames::add(std::string_view name) {
  const std::string_view base = base_name(name);
  by_name_.try_emplace(std::string(name), files_.size());
  know(base, files_.size());
  if (const auto short_name = without_post_id(base); !short_name.empty()) know(short_name, files_.size());
  files_.push_back({std::string(folder_of(name)), std::nullopt});
}

void MediaNames::know(std::string_view base, std::size_t file) {
  std::vector<std::size_t>& files = by_base_[std::string(base)];
  if (files.size() < kMaxNamesakes) files.push_back(file);
}

bool MediaNames::note(std::string_view base, std::string_view before, PartNumber part) {
  const auto found = by_base_.find(std::string(base));
  if (found == by_base_.end()) return false;
  const std::string_view folder = last_folder(before);
  for (const std::size_t file : found->second) {
    const bool is_meant = found->second.size() == 1 || files_[file].folder == folder;
    if (is_meant && !files_[file].part) files_[file].part = part;
  }
  return true;
}

/// The name that ends there may begin behind any sign that is no letter: the longest that is a file's counts.
void MediaNames::look_before(std::string_view bytes, std::size_t end, PartNumber part) {
  constexpr std::string_view kNeverInNames = "/\\\"<>\r\n\t|";
  const std::size_t least = end > kMaxNameBytes ? end - kMaxNameBytes : 0;
  std::size_t begin = end;
  while (begin > least && kNeverInNames.find(bytes[begin - 1]) == std::string_view::npos) --begin;
  for (; begin < end; ++begin) {
    const bool may_begin =
        begin == 0 || !is_letter_or_digit(bytes[begin - 1]) || is_behind_mark(bytes.substr(0, begin));
    if (may_begin && note(bytes.substr(begin, end - begin), bytes.substr(0, begin), part)) return;
  }
}

void MediaNames::look(std::string_view bytes, PartNumber part) {
  if (files_.empty()) return;
  for (std::size_t dot = bytes.find('.'); dot != std::string_view::npos; dot = bytes.find('.', dot + 1)) {
    const std::size_t size = ending_at(bytes.substr(dot + 1, 8));
    if (size > 0) look_before(bytes, dot + 1 + size, part);
  }
}

std::optional<PartNumber> MediaNames::named_by(std::string_view name) const {
  const auto found = by_name_.find(std::string(name));
  return found == by_name_.end() ? std::nullopt : files_[found->second].part;
}

}  // namespace gavah::capture
