#include "html/tag_scan.h"

#include <cstring>

#include "html/tags.h"

namespace gavah::html {
namespace {

constexpr std::size_t kNameBytes = 32;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool ends_name(char c) { return c == '>' || c == '/' || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

}  // namespace

std::size_t TagScan::past_attributes(std::size_t at) const {
  // A quote opens a value only after '='; a stray one belongs to a name.
  bool after_equals = false;
  while (at < page_.size() && page_[at] != '>') {
    const char c = page_[at];
    if (after_equals && (c == '"' || c == '\'')) {
      const std::size_t close = page_.find(c, at + 1);
      if (close == std::string_view::npos) return page_.size();
      at = close;
    }
    const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    after_equals = c == '=' || (after_equals && is_space);
    ++at;
  }
  return at;
}

void TagScan::skip_raw_content(std::string_view name) {
  while (at_ < page_.size()) {
    const std::size_t open = page_.find("</", at_);
    if (open == std::string_view::npos) {
      at_ = page_.size();
      return;
    }
    std::size_t i = 0;
    while (i < name.size() && open + 2 + i < page_.size() && lower(page_[open + 2 + i]) == name[i]) ++i;
    if (i == name.size() && (open + 2 + i == page_.size() || ends_name(page_[open + 2 + i]))) {
      at_ = open;
      return;
    }
    at_ = open + 2;
  }
}

std::optional<ScannedTag> TagScan::next() {
  while (at_ < page_.size()) {
    const std::size_t open = page_.find('<', at_);
    if (open == std::string_view::npos || open + 1 >= page_.size()) break;
    const char c = page_[open + 1];
    if (c == '!' || c == '?') {
      const bool is_comment = page_.substr(open).starts_with("<!--");
      const std::size_t close = is_comment ? page_.find("-->", open + 2) : page_.find('>', open);
      at_ = close == std::string_view::npos ? page_.size() : close + 1;
      continue;
    }
    const bool is_end = c == '/';
    const std::size_t begin = open + (is_end ? 2 : 1);
    if (begin >= page_.size() || !is_letter(page_[begin])) {
      at_ = open + 1;
      continue;
    }
    std::size_t past_name = begin;
    while (past_name < page_.size() && !ends_name(page_[past_name])) ++past_name;
    ScannedTag tag;
    for (const char letter : page_.substr(begin, std::min(past_name - begin, kNameBytes)))
      tag.name.push_back(lower(letter));
    const std::size_t close = past_attributes(past_name);
    tag.is_end = is_end;
    tag.attributes = page_.substr(past_name, close - past_name);
    tag.is_closed = !tag.attributes.empty() && tag.attributes.back() == '/';
    at_ = close < page_.size() ? close + 1 : page_.size();
    tag.source = {static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(at_)};
    if (!is_end && is_raw_text(tag.name)) skip_raw_content(tag.name);
    return tag;
  }
  at_ = page_.size();
  return std::nullopt;
}

}  // namespace gavah::html
