#include "extract/page_text.h"

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gavah::extract {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

/// Where a run of words ends: single spaces between them belong to it, so that a paragraph is one piece.
std::size_t past_run(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  constexpr std::size_t kLanes = 16;
  const __m128i space = _mm_set1_epi8(' ');
  const auto lanes_at = [&](std::size_t from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
  };
  // All control characters at first: few are met, and each that is no white space is passed over one by one.
  const auto may_be_space = [&](__m128i bytes) { return _mm_cmpeq_epi8(_mm_min_epu8(bytes, space), bytes); };
  for (; at + kLanes < text.size(); at += kLanes) {
    const __m128i bytes = lanes_at(at);
    const __m128i ends = _mm_andnot_si128(
        _mm_andnot_si128(may_be_space(lanes_at(at + 1)), _mm_cmpeq_epi8(bytes, space)), may_be_space(bytes));
    const auto met = static_cast<unsigned>(_mm_movemask_epi8(ends));
    if (met == 0) continue;
    at += static_cast<std::size_t>(std::countr_zero(met));
    break;
  }
#endif
  while (at < text.size() &&
         (!is_space(text[at]) || (text[at] == ' ' && at + 1 < text.size() && !is_space(text[at + 1]))))
    ++at;
  return at;
}

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
    const std::size_t end = past_run(text, i + 1);
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
