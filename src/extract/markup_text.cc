#include "extract/markup_text.h"

#include <algorithm>

#include "extract/page_text.h"
#include "html/html.h"

namespace gavah::extract {
namespace {

/// "u-url mention", "mention hashtag".
bool is_platform_link(std::string_view classes) {
  return classes.find("mention") != std::string_view::npos || classes.find("hashtag") != std::string_view::npos;
}

std::vector<std::string> links_of(const html::Document& page) {
  std::vector<std::string> out;
  for (html::NodeIndex i = 0; i < page.nodes().size(); ++i) {
    if (page[i].kind != html::NodeKind::element || page[i].tag != html::Tag::a) continue;
    std::string href(page.attribute(i, "href"));
    if (!href.starts_with("http") || is_platform_link(page.attribute(i, "class"))) continue;
    if (std::find(out.begin(), out.end(), href) == out.end()) out.push_back(std::move(href));
  }
  return out;
}

}  // namespace

void write_through(std::string_view text, const std::vector<MapPiece>& map, const MappedText& markup, MappedText& out) {
  std::uint32_t written = 0;
  const auto insert_until = [&](std::uint32_t end) {
    for (; written < end; ++written) out.insert(text[written]);
  };
  for (const MapPiece& piece : map) {
    insert_until(piece.text.begin);
    const std::string_view slice = text.substr(piece.text.begin, piece.text.size());
    const Span source{static_cast<std::uint32_t>(piece.source.begin), static_cast<std::uint32_t>(piece.source.end)};
    const bool is_copy = std::string_view(markup.text()).substr(source.begin, source.size()) == slice;
    if (is_copy) {
      out.append(markup, source);
    } else {
      out.append_as(slice, markup, source);
    }
    written = piece.text.end;
  }
  insert_until(static_cast<std::uint32_t>(text.size()));
}

std::vector<std::string> write_markup(const MappedText& markup, MappedText& out) {
  const html::Document page = html::parse(markup.text());
  const OffsetMap as_it_stands = OffsetMap::identity();
  MappedText words(as_it_stands);
  PageText(page, words).write(0, static_cast<html::NodeIndex>(page.nodes().size()), [](html::NodeIndex) {
    return true;
  });
  write_through(words.text(), words.map(), markup, out);
  return links_of(page);
}

}  // namespace gavah::extract
