// Where a stretch of a report's text stands in the bytes, and how anyone walks there.
#include <algorithm>

#include "base/format.h"
#include "base/utf8.h"
#include "pipeline/evidence.h"
#include "pipeline/reading.h"
#include "pipeline/walk.h"

namespace gavah::pipeline {
namespace {

constexpr std::uint64_t kDumpBytes = 4096;  // of a passage on a terminal; the commands give all of it
constexpr std::size_t kPieces = 64;         // converted pieces listed

struct Passage {
  Report report;
  Part part;
  Span span;
  ByteRange bytes;
  std::string slice;
};

/// Cuts a span to whole characters of the text.
Result<Span> whole_characters(const Report& report, Span span) {
  const std::string& text = report.text;
  if (span.end > text.size() || span.begin >= span.end) {
    return fail(ErrorCode::invalid_input,
                format("{}:{} is no span of the report's text, which has {} bytes", span.begin, span.end, text.size()));
  }
  const auto is_inside = [&](std::uint32_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  while (span.begin > 0 && is_inside(span.begin)) --span.begin;
  while (is_inside(span.end)) ++span.end;
  return span;
}

Result<Passage> find_passage(Chronicle& chronicle, const Report& report, Span asked) {
  Passage out;
  GAVAH_ASSIGN(out.span, whole_characters(report, asked));
  const auto range = source_range(report, out.span);
  if (!range) return fail(ErrorCode::not_found, "these are line breaks that stand for no bytes");
  out.bytes = *range;
  out.report = report;
  GAVAH_ASSIGN(out.part, chronicle.stored().ledger().part(report.capture, report.part));
  GAVAH_ASSIGN(const std::string bytes, EvidenceWalker(chronicle).part_bytes(out.part));
  if (range->end > bytes.size()) return fail(ErrorCode::corrupt, "the map points outside of the part");
  out.slice = bytes.substr(range->begin, range->size());
  return out;
}

/// The pieces of the map within the passage, each cut to it where it was copied.
std::vector<MapPiece> pieces_of(const Passage& passage) {
  std::vector<MapPiece> out;
  for (const MapPiece& piece : passage.report.map) {
    if (!piece.text.overlaps(passage.span)) continue;
    MapPiece cut = piece;
    cut.text = {std::max(piece.text.begin, passage.span.begin), std::min(piece.text.end, passage.span.end)};
    if (const auto range = source_range(passage.report, cut.text)) {
      const bool is_copy = piece.text.size() == piece.source.size();
      if (is_copy)
        cut.source = {piece.source.begin + (cut.text.begin - piece.text.begin),
                      piece.source.end - (piece.text.end - cut.text.end)};
    }
    out.push_back(cut);
  }
  return out;
}

std::string_view words_of(const Passage& passage, Span span) {
  return std::string_view(passage.report.text).substr(span.begin, span.size());
}

std::vector<std::string> commands_to(const Chronicle& chronicle, const Part& part, std::optional<ByteRange> range) {
  std::vector<std::string> out{
      format("gavah show {} {} --bytes > capture", shell_word(chronicle.directory()), part.capture.hex())};
  for (std::string& command : walk_commands(part)) out.push_back(std::move(command));
  if (range) out.push_back(take_command(*range));
  return out;
}

std::string as_text(const Chronicle& chronicle, const Passage& passage) {
  std::string out = format("{:<12}{}\n", "report", passage.report.id.hex());
  out += format("{:<12}{} to {} of its text\n", "span", passage.span.begin, passage.span.end);
  out += format("{:<12}\u201c{}\u201d\n", "words",
                utf8_prefix(words_of(passage, passage.span), static_cast<std::size_t>(kDumpBytes)));
  out += format("{:<12}{} to {} of part {} of capture {}\n", "bytes", passage.bytes.begin, passage.bytes.end,
                passage.part.number, passage.part.capture.hex());
  std::size_t listed = 0;
  for (const MapPiece& piece : pieces_of(passage)) {
    const auto slice =
        std::string_view(passage.slice)
            .substr(piece.source.begin - passage.bytes.begin, static_cast<std::size_t>(piece.source.size()));
    if (slice == words_of(passage, piece.text)) continue;
    if (++listed > kPieces) break;
    out += format("{:<12}bytes {} to {} ({}) stand for \u201c{}\u201d\n", "", piece.source.begin, piece.source.end,
                  is_utf8(slice) ? std::string(slice) : to_hex(slice), words_of(passage, piece.text));
  }
  if (listed > kPieces) out += format("{:<12}and more of such\n", "");
  out += "\n" + hex_dump(std::string_view(passage.slice).substr(0, kDumpBytes), passage.bytes.begin);
  if (passage.slice.size() > kDumpBytes) out += format("… and {} bytes more\n", passage.slice.size() - kDumpBytes);
  out += "\nWalk there:\n";
  for (const std::string& command : commands_to(chronicle, passage.part, passage.bytes))
    out += format("    {}\n", command);
  out.pop_back();
  return out;
}

std::string as_json(const Chronicle& chronicle, const Passage& passage) {
  JsonWriter out;
  out.begin_object().member("type", "passage").member("report", passage.report.id.hex()).key("span").begin_array();
  out.unsigned_integer(passage.span.begin).unsigned_integer(passage.span.end).end_array();
  out.member("words", words_of(passage, passage.span)).member("capture", passage.part.capture.hex());
  out.key("part").unsigned_integer(passage.part.number).key("bytes").begin_array();
  out.unsigned_integer(passage.bytes.begin).unsigned_integer(passage.bytes.end).end_array();
  out.member("hex", to_hex(passage.slice)).key("map").begin_array();
  for (const MapPiece& piece : pieces_of(passage)) {
    out.begin_array().unsigned_integer(piece.text.begin).unsigned_integer(piece.text.end);
    out.unsigned_integer(piece.source.begin).unsigned_integer(piece.source.end).end_array();
  }
  out.end_array().key("commands").begin_array();
  for (const std::string& command : commands_to(chronicle, passage.part, passage.bytes)) out.text(command);
  return out.end_array().end_object().str();
}

Result<Report> report_named(Chronicle& chronicle, std::string_view id) {
  GAVAH_ASSIGN(const ReportId key, ReportId::from_hex(id));
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  return index->report(key);
}

Result<std::string> show_passage(Chronicle& chronicle, const Report& report, Span span, Form form) {
  GAVAH_ASSIGN(const Passage passage, find_passage(chronicle, report, span));
  return form == Form::json ? as_json(chronicle, passage) : as_text(chronicle, passage);
}

}  // namespace

std::vector<std::string> commands_to_part(const Chronicle& chronicle, const Part& part) {
  return commands_to(chronicle, part, std::nullopt);
}

Result<std::string> show_span(Chronicle& chronicle, std::string_view report_id, Span span, Form form) {
  GAVAH_ASSIGN(const Report report, report_named(chronicle, report_id));
  return show_passage(chronicle, report, span, form);
}

Result<std::string> show_words(Chronicle& chronicle, std::string_view report_id, std::string_view words, Form form) {
  GAVAH_ASSIGN(const Report report, report_named(chronicle, report_id));
  const std::size_t at = words.empty() ? std::string::npos : report.text.find(words);
  if (at == std::string::npos) return fail(ErrorCode::not_found, "the report's text has no such words");
  const auto begin = static_cast<std::uint32_t>(at);
  return show_passage(chronicle, report, {begin, begin + static_cast<std::uint32_t>(words.size())}, form);
}

Result<void> read_bytes(Chronicle& chronicle, std::string_view id, const LineSink& sink) {
  constexpr std::uint64_t kStepBytes = std::uint64_t{1} << 20U;
  if (id.find(':') != std::string_view::npos) {
    GAVAH_ASSIGN(const Part part, part_named(chronicle, id));
    GAVAH_ASSIGN(const std::string bytes, EvidenceWalker(chronicle).part_bytes(part));
    return sink(bytes);
  }
  GAVAH_ASSIGN(const CaptureId capture, CaptureId::from_hex(id));
  GAVAH_ASSIGN(const auto bytes, chronicle.stored().open_capture(capture));
  for (std::uint64_t at = 0; at < bytes->size(); at += kStepBytes) {
    GAVAH_ASSIGN(const std::string slice, bytes->read({at, std::min(at + kStepBytes, bytes->size())}));
    GAVAH_TRY(sink(slice));
  }
  return {};
}

}  // namespace gavah::pipeline
