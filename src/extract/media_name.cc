#include "extract/media_name.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace gavah::extract {

std::string_view media_type_of(std::string_view name) {
  constexpr auto kEndings = std::to_array<std::pair<std::string_view, std::string_view>>({{".jpg", "image"},
                                                                                          {".jpeg", "image"},
                                                                                          {".png", "image"},
                                                                                          {".webp", "image"},
                                                                                          {".heic", "image"},
                                                                                          {".gif", "image"},
                                                                                          {".mp4", "video"},
                                                                                          {".3gp", "video"},
                                                                                          {".mov", "video"},
                                                                                          {".webm", "video"},
                                                                                          {".opus", "audio"},
                                                                                          {".m4a", "audio"},
                                                                                          {".ogg", "audio"},
                                                                                          {".mp3", "audio"}});
  constexpr std::size_t kLongest = 5;
  std::string ending(name.substr(name.size() - std::min(name.size(), kLongest)));
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto& [each, type] : kEndings) {
    if (ending.ends_with(each)) return type;
  }
  return "file";
}

}  // namespace gavah::extract
