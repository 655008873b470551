#include "extract/discussion.h"

#include <algorithm>
#include <array>
#include <string>

#include "extract/furniture.h"

namespace gavah::extract {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr auto kHostWords =
    std::to_array<std::string_view>({"forum", "board.", "boards.", "discuss", "community.", "talk.", "foren."});
constexpr auto kPathWords = std::to_array<std::string_view>(
    {"/forum", "/foren", "/thread", "/topic", "/questions/", "/discussion", "/community/", "/comments/", "/t/",
     "viewtopic", "showthread", "topic=", "/boards/", "/board/", "anjoman", "talar"});
constexpr auto kGenerators =
    std::to_array<std::string_view>({"phpbb", "vbulletin", "xenforo", "discourse", "mybb", "flarum", "vanilla",
                                     "nodebb", "simple machines", "invision"});

bool has_any(std::string_view text, auto& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace

bool is_discussion_type(std::string_view type) {
  return type.ends_with("DiscussionForumPosting") || type.ends_with("QAPage");
}

bool is_discussion(const html::Document& page, std::string_view url, std::string_view generator) {
  const std::string address = folded(url);
  const std::size_t scheme = address.find("//");
  const std::size_t host = scheme == std::string::npos ? 0 : scheme + 2;
  const std::size_t path = std::min(address.find('/', host), address.size());
  if (has_any(std::string_view(address).substr(host, path - host), kHostWords)) return true;
  if (has_any(std::string_view(address).substr(path), kPathWords)) return true;
  if (has_any(folded(generator), kGenerators)) return true;
  for (const Tag tag : {Tag::html, Tag::body}) {
    const NodeIndex index = page.first(tag);
    if (index != html::kNoNode && is_discussion_type(page.attribute(index, "itemtype"))) return true;
  }
  return false;
}

}  // namespace gavah::extract
