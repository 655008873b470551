#include "extract/mapped_text.h"

#include <algorithm>

namespace gavah::extract {

void MappedText::add_piece(Span text, ByteRange source) {
  if (!map_.empty()) {
    MapPiece& last = map_.back();
    const bool both_copied = last.text.size() == last.source.size() && text.size() == source.size();
    if (both_copied && last.text.end == text.begin && last.source.end == source.begin) {
      last.text.end = text.end;
      last.source.end = source.end;
      return;
    }
  }
  map_.push_back({text, source});
}

void MappedText::copy(std::string_view text, std::uint32_t begin) {
  if (text.empty()) return;
  const std::uint32_t text_begin = size();
  text_.append(text);
  page_->for_each_piece(begin, begin + static_cast<std::uint32_t>(text.size()),
                        [&](std::uint32_t from, std::uint32_t to, ByteRange source) {
                          add_piece({text_begin + (from - begin), text_begin + (to - begin)}, source);
                        });
}

void MappedText::decode(std::string_view text, Span source) {
  if (text.empty() || source.empty()) return;
  const std::uint32_t text_begin = size();
  text_.append(text);
  map_.push_back({{text_begin, size()}, page_->source_of(source.begin, source.end)});
}

void MappedText::append(const MappedText& other, Span span) {
  const std::uint32_t begin = size();
  text_.append(other.text_, span.begin, span.size());
  auto piece = std::lower_bound(other.map_.begin(), other.map_.end(), span.begin,
                                [](const MapPiece& p, std::uint32_t at) { return p.text.end <= at; });
  for (; piece != other.map_.end() && piece->text.begin < span.end; ++piece) {
    ByteRange source = piece->source;
    const Span cut{std::max(piece->text.begin, span.begin), std::min(piece->text.end, span.end)};
    if (piece->text.size() == source.size()) {
      source = {source.begin + (cut.begin - piece->text.begin), source.end - (piece->text.end - cut.end)};
    }
    add_piece({begin + (cut.begin - span.begin), begin + (cut.end - span.begin)}, source);
  }
}

void MappedText::append_as(std::string_view text, const MappedText& other, Span span) {
  MappedText cut(*page_);
  cut.append(other, span);
  const std::uint32_t begin = size();
  text_.append(text);
  if (!cut.map_.empty()) map_.push_back({{begin, size()}, {cut.map_.front().source.begin, cut.map_.back().source.end}});
}

void MappedText::break_line() {
  while (!text_.empty() && text_.back() == ' ') truncate(size() - 1);
  if (!text_.empty() && text_.back() != '\n') text_.push_back('\n');
}

void MappedText::truncate(std::uint32_t size) {
  text_.resize(size);
  while (!map_.empty() && map_.back().text.begin >= size) map_.pop_back();
  if (map_.empty() || map_.back().text.end <= size) return;
  MapPiece& last = map_.back();
  if (last.text.size() == last.source.size()) last.source.end -= last.text.end - size;
  last.text.end = size;
}

void MappedText::trim_end() {
  std::uint32_t end = size();
  while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '\n')) --end;
  truncate(end);
}

void MappedText::give(Report& report) {
  report.text = std::move(text_);
  report.map = std::move(map_);
}

}  // namespace gavah::extract
