#include "html/condensed.h"

#include <algorithm>

#include "html/tag_scan.h"

namespace gavah::html {
namespace {

constexpr std::size_t kCutBytes = 64;

}  // namespace

Condensed::Condensed(std::string_view page) {
  text_.reserve(page.size());
  TagScan scan(page);
  std::uint32_t kept = 0;
  std::uint32_t open_end = 0;
  std::string open_name;
  while (const auto tag = scan.next()) {
    // The scan passes over raw content, so the end tag comes right after its start tag.
    if (tag->is_end && tag->name == open_name && tag->source.begin >= open_end + kCutBytes) {
      const std::string_view content = page.substr(open_end, tag->source.begin - open_end);
      if (content.find("<!--") == std::string_view::npos) {
        text_.append(page.substr(kept, open_end - kept));
        cuts_.push_back({static_cast<std::uint32_t>(text_.size()), {open_end, tag->source.begin}});
        kept = tag->source.begin;
      }
    }
    const bool opens = !tag->is_end && (tag->name == "script" || tag->name == "style");
    open_name = opens ? tag->name : std::string();
    open_end = tag->source.end;
  }
  text_.append(page.substr(kept));
}

std::uint32_t Condensed::page_offset(std::uint32_t offset) const {
  const auto after = std::upper_bound(cuts_.begin(), cuts_.end(), offset,
                                      [](std::uint32_t at, const Cut& cut) { return at < cut.at; });
  if (after == cuts_.begin()) return offset;
  const Cut& cut = *(after - 1);
  return cut.content.end + (offset - cut.at);
}

Span Condensed::cut_at(std::uint32_t offset) const {
  const auto found = std::lower_bound(cuts_.begin(), cuts_.end(), offset,
                                      [](const Cut& cut, std::uint32_t at) { return cut.at < at; });
  return found != cuts_.end() && found->at == offset ? found->content : Span{};
}

}  // namespace gavah::html
