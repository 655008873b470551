#include "extract/page_text.h"

namespace gavah::extract {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

}  // namespace

void PageText::end_line() {
  has_space_ = false;
  space_source_.reset();
  out_.break_line();
}

void PageText::pass(html::NodeIndex element) {
  const html::Tag tag = page_[element].tag;
  if (tag == html::Tag::td || tag == html::Tag::th) {
    has_space_ = true;
    space_source_.reset();
  } else if (tag == html::Tag::br || html::is_block(tag)) {
    end_line();
  }
}

void PageText::write_space() {
  if (!has_space_) return;
  has_space_ = false;
  if (!at_line_start()) {
    if (space_source_) {
      out_.copy(" ", *space_source_);
    } else {
      out_.insert(' ');
    }
  }
  space_source_.reset();
}

void PageText::write_copied(std::string_view text, std::uint32_t begin, Lines lines) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      if (lines == Lines::keep && text[i] == '\n') end_line();
      has_space_ = true;
      space_source_ = text[i] == ' ' ? std::optional(begin + static_cast<std::uint32_t>(i)) : std::nullopt;
      ++i;
      continue;
    }
    write_space();
    std::size_t end = i + 1;
    // Single spaces between words belong to the run, so that a paragraph is one piece.
    while (end < text.size() &&
           (!is_space(text[end]) || (text[end] == ' ' && end + 1 < text.size() && !is_space(text[end + 1]))))
      ++end;
    out_.copy(text.substr(i, end - i), begin + static_cast<std::uint32_t>(i));
    i = end;
  }
}

void PageText::write_node(html::NodeIndex node) {
  Lines lines = Lines::collapse;
  for (html::NodeIndex up = page_[node].parent; up != html::kNoNode; up = page_[up].parent) {
    if (page_[up].tag == html::Tag::pre) lines = Lines::keep;
    if (html::is_block(page_[up].tag)) break;
  }
  const std::uint32_t store_begin = page_[node].text.begin;
  const std::string_view text = page_.text(node);
  for (const html::TextPiece& piece : page_.pieces(node)) {
    const std::string_view part = text.substr(piece.text.begin - store_begin, piece.text.size());
    if (piece.text.size() == piece.source.size()) {
      write_copied(part, piece.source.begin, lines);
    } else if (part.size() == 1 && is_space(part[0])) {
      has_space_ = true;
      space_source_.reset();
    } else {
      write_space();
      out_.decode(part, piece.source);
    }
  }
}

}  // namespace gavah::extract
