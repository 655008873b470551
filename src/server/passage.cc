#include "server/passage.h"

#include <algorithm>
#include <set>

namespace gavah::server {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The marks that lie in the text, at character boundaries.
std::vector<Mark> usable_marks(const Passage& passage) {
  std::vector<Mark> marks;
  const auto size = static_cast<std::uint32_t>(passage.text.size());
  for (const auto& mark : passage.marks) {
    if (marks.size() == kMaxMarks) break;
    if (mark.span.empty() || mark.span.begin >= mark.span.end || mark.span.end > size) continue;
    Mark whole = mark;
    while (whole.span.begin > 0 && is_continuation(passage.text[whole.span.begin])) --whole.span.begin;
    while (whole.span.end < size && is_continuation(passage.text[whole.span.end])) ++whole.span.end;
    marks.push_back(std::move(whole));
  }
  return marks;
}

void write_piece(JsonWriter& out, std::string_view text, const std::vector<const Mark*>& over) {
  std::set<std::string_view> slots;
  std::set<std::string> claims;
  for (const Mark* mark : over) {
    slots.insert(mark->slot);
    if (mark->claim) claims.insert(mark->claim->hex());
  }
  out.begin_object().member("text", text).key("slots").begin_array();
  for (const auto slot : slots) out.text(slot);
  out.end_array().key("claims").begin_array();
  for (const auto& claim : claims) out.text(claim);
  out.end_array().end_object();
}

}  // namespace

void write_passage(JsonWriter& out, const Passage& passage) {
  const std::vector<Mark> marks = usable_marks(passage);
  std::set<std::uint32_t> borders{0, static_cast<std::uint32_t>(passage.text.size())};
  for (const auto& mark : marks) borders.insert({mark.span.begin, mark.span.end});
  out.begin_object().member("lang", passage.lang);
  out.member("offset", passage.offset_bytes).member("total", passage.total_bytes);
  out.key("pieces").begin_array();
  for (auto border = borders.begin(); std::next(border) != borders.end(); ++border) {
    const Span piece{*border, *std::next(border)};
    std::vector<const Mark*> over;
    for (const auto& mark : marks) {
      if (mark.span.overlaps(piece)) over.push_back(&mark);
    }
    write_piece(out, std::string_view(passage.text).substr(piece.begin, piece.size()), over);
  }
  out.end_array().end_object();
}

}  // namespace gavah::server
