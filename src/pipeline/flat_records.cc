#include "pipeline/flat_records.h"

#include <limits>

#include "base/utf8.h"

namespace gavah::pipeline {
namespace {

using confine::FlatReader;
using confine::FlatWriter;

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kIdBytes = 16;

// The bindings below name every member, so that a new one cannot be forgotten: the build fails until it travels too.

void put(FlatWriter& out, const std::map<std::string, std::string>& texts) {
  out.number(texts.size());
  for (const auto& [key, value] : texts) out.text(key).text(value);
}

std::map<std::string, std::string> texts(FlatReader& in) {
  std::map<std::string, std::string> out;
  for (std::uint64_t left = in.count(2); left > 0; --left) {
    std::string key(in.text());
    out[std::move(key)] = in.text();
  }
  return out;
}

void put(FlatWriter& out, const std::optional<Instant>& instant) {
  out.number(instant ? 1 : 0);
  if (instant) out.signed_number(instant->seconds);
}

std::optional<Instant> instant(FlatReader& in) {
  // Years 0001 to 9999, as Instant has them.
  constexpr std::int64_t kFirst = -62'135'596'800;
  constexpr std::int64_t kLast = 253'402'300'799;
  if (in.below(2) == 0) return std::nullopt;
  const Instant out{in.signed_number()};
  if (out.seconds < kFirst || out.seconds > kLast) in.refuse();
  return out;
}

std::uint32_t small(FlatReader& in) {
  return static_cast<std::uint32_t>(in.below(std::uint64_t{std::numeric_limits<std::uint32_t>::max()} + 1));
}

/// Offsets, sizes and counts that JSON can hold: what lies beyond could be written, and never read again.
constexpr std::uint64_t kMostNumber = std::numeric_limits<std::int64_t>::max();

std::uint64_t size(FlatReader& in) {
  const std::uint64_t out = in.number();
  if (out > kMostNumber) in.refuse();
  return out;
}

ByteRange range(FlatReader& in) {
  ByteRange out;
  out.begin = size(in);
  const std::uint64_t size_bytes = size(in);
  if (!in.ok() || size_bytes > kMostNumber - out.begin) in.refuse();
  out.end = in.ok() ? out.begin + size_bytes : out.begin;
  return out;
}

/// What is ill-formed becomes U+FFFD, as everywhere in what is written.
std::string words(FlatReader& in) {
  const std::string_view given = in.text();
  if (is_utf8(given)) return std::string(given);
  std::string out;
  for (std::size_t at = 0; at < given.size();) {
    const CodePoint point = decode_utf8(given, at);
    append_utf8(out, point.value);
    at += point.size_bytes;
  }
  return out;
}

void put(FlatWriter& out, const std::optional<Span>& span) {
  out.number(span ? 1 : 0);
  if (span) out.number(span->begin).number(span->size());
}

std::optional<Span> span_within(FlatReader& in, std::size_t text_bytes) {
  if (in.below(2) == 0) return std::nullopt;
  Span out{small(in), 0};
  const std::uint64_t end = std::uint64_t{out.begin} + small(in);
  if (end > text_bytes) in.refuse();
  out.end = in.ok() ? static_cast<std::uint32_t>(end) : out.begin;
  return out;
}

void put(FlatWriter& out, const TimeInterval& time) {
  const auto& [start, end, precision, calendar, phrase, span] = time;
  put(out, start);
  put(out, end);
  out.number(static_cast<std::uint64_t>(precision)).number(static_cast<std::uint64_t>(calendar)).text(phrase);
  put(out, span);
}

TimeInterval time_within(FlatReader& in, std::size_t text_bytes) {
  TimeInterval out;
  out.start = instant(in);
  out.end = instant(in);
  if (out.start && out.end && *out.end < *out.start) in.refuse();
  out.precision = static_cast<TimePrecision>(in.below(static_cast<std::uint64_t>(TimePrecision::unknown) + 1));
  out.calendar = static_cast<Calendar>(in.below(static_cast<std::uint64_t>(Calendar::islamic) + 1));
  out.phrase = words(in);
  out.span = span_within(in, text_bytes);
  return out;
}

/// Most pieces follow the one before, in the text and in the bytes: each begins as a distance from that end.
void put(FlatWriter& out, const std::vector<MapPiece>& map) {
  out.number(map.size());
  MapPiece before;
  for (const MapPiece& piece : map) {
    out.number(piece.text.begin - before.text.end).number(piece.text.size());
    out.signed_number(static_cast<std::int64_t>(piece.source.begin - before.source.end)).number(piece.source.size());
    before = piece;
  }
}

std::vector<MapPiece> map_within(FlatReader& in, std::size_t text_bytes) {
  constexpr std::size_t kLeastPieceBytes = 4;
  std::vector<MapPiece> out;
  const std::uint64_t count = in.count(kLeastPieceBytes);
  out.reserve(count);
  std::uint64_t text_end = 0;
  std::uint64_t source_end = 0;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const std::uint64_t begin = text_end + small(in);
    text_end = begin + small(in);
    const std::uint64_t source_begin = source_end + static_cast<std::uint64_t>(in.signed_number());
    source_end = source_begin + small(in);
    if (text_end > text_bytes || source_begin > kMostNumber || source_end > kMostNumber) in.refuse();
    out.push_back(
        {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text_end)}, {source_begin, source_end}});
  }
  return out;
}

void put(FlatWriter& out, const std::vector<Media>& media) {
  out.number(media.size());
  for (const auto& [part, media_type, caption] : media) {
    out.number(part ? 1 : 0).number(part.value_or(0)).text(media_type).text(caption);
  }
}

std::vector<Media> media_of(FlatReader& in) {
  std::vector<Media> out;
  for (std::uint64_t left = in.count(4); left > 0 && in.ok(); --left) {
    Media item;
    const bool has_part = in.below(2) == 1;
    const PartNumber part = small(in);
    if (has_part) item.part = part;
    item.media_type = words(in);
    item.caption = words(in);
    out.push_back(std::move(item));
  }
  return out;
}

void put(FlatWriter& out, const std::vector<Relation>& relations) {
  out.number(relations.size());
  for (const auto& [kind, target, span] : relations) {
    out.number(static_cast<std::uint64_t>(kind)).text(target);
    put(out, span);
  }
}

std::vector<Relation> relations_within(FlatReader& in, std::size_t text_bytes) {
  std::vector<Relation> out;
  for (std::uint64_t left = in.count(3); left > 0 && in.ok(); --left) {
    Relation item;
    item.kind = static_cast<RelationKind>(in.below(static_cast<std::uint64_t>(RelationKind::album) + 1));
    item.target = words(in);
    item.span = span_within(in, text_bytes);
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace

void write_flat(FlatWriter& out, const Part& part) {
  const auto& [capture, number, chain, format, media_type, charset, url, path, captured, size_bytes, digest, hints] =
      part;
  out.number(number).number(chain.size());
  for (const auto& [range, decoder] : chain) out.number(range.begin).number(range.size()).text(decoder);
  out.text(format).text(media_type).text(charset).text(url).text(path);
  put(out, captured);
  out.number(size_bytes).raw(digest.view());
  put(out, hints);
}

Part read_flat_part(FlatReader& in) {
  constexpr std::size_t kLeastStepBytes = 3;
  Part out;
  out.number = small(in);
  const std::uint64_t steps = in.count(kLeastStepBytes);
  out.chain.reserve(steps);
  for (std::uint64_t i = 0; i < steps; ++i) {
    const ByteRange bytes = range(in);
    out.chain.push_back({bytes, std::string(in.text())});
  }
  out.format = in.text();
  out.media_type = in.text();
  out.charset = in.text();
  out.url = in.text();
  out.path = in.text();
  out.captured = instant(in);
  out.size_bytes = size(in);
  const std::string_view digest = in.raw(kDigestBytes);
  if (in.ok()) out.digest = Digest::from_bytes(digest);
  out.hints = texts(in);
  return out;
}

void write_flat(FlatWriter& out, const capture::Container& container) {
  const auto& [format, hints, problems, problem_count, passed_over, part_count, unreadable] = container;
  out.text(format);
  put(out, hints);
  out.number(problems.size());
  for (const auto& [what, where, reason] : problems) out.text(what).text(where).text(reason);
  out.number(problem_count).number(passed_over.size());
  for (const auto& [kind, count] : passed_over) out.text(kind).number(count);
  out.number(part_count).number(unreadable ? 1 : 0).text(unreadable.value_or(std::string()));
}

capture::Container read_flat_container(FlatReader& in) {
  capture::Container out;
  out.format = in.text();
  out.hints = texts(in);
  for (std::uint64_t left = in.count(3); left > 0; --left) {
    capture::Problem problem;
    problem.what = in.text();
    problem.where = in.text();
    problem.reason = in.text();
    out.problems.push_back(std::move(problem));
  }
  out.problem_count = size(in);
  for (std::uint64_t left = in.count(2); left > 0; --left) {
    std::string kind(in.text());
    out.passed_over[std::move(kind)] = size(in);
  }
  out.part_count = small(in);
  const bool is_unreadable = in.below(2) == 1;
  const std::string_view reason = in.text();
  if (is_unreadable) out.unreadable = reason;
  return out;
}

void write_flat(FlatWriter& out, const Report& report) {
  const auto& [id, capture, part, path, kind, source, url, published, captured, title, author, lang, text, map,
               relations, links, media, audience, hollow] = report;
  out.raw(id.view()).number(static_cast<std::uint64_t>(kind)).text(source).text(url).text(text);
  put(out, published);
  put(out, captured);
  out.text(title).text(author).text(lang);
  put(out, map);
  put(out, relations);
  out.number(links.size());
  for (const std::string& link : links) out.text(link);
  put(out, media);
  out.text(audience).text(hollow);
}

Report read_flat_report(FlatReader& in) {
  Report out;
  const std::string_view id = in.raw(kIdBytes);
  if (in.ok()) out.id = ReportId::from_bytes(id);
  out.kind = static_cast<ReportKind>(in.below(static_cast<std::uint64_t>(ReportKind::media) + 1));
  out.source = words(in);
  out.url = words(in);
  out.text = in.text();
  if (!is_utf8(out.text)) in.refuse();
  out.published = time_within(in, out.text.size());
  out.captured = instant(in);
  out.title = words(in);
  out.author = words(in);
  out.lang = words(in);
  out.map = map_within(in, out.text.size());
  out.relations = relations_within(in, out.text.size());
  for (std::uint64_t left = in.count(); left > 0; --left) out.links.push_back(words(in));
  out.media = media_of(in);
  out.audience = words(in);
  out.hollow = words(in);
  return out;
}

}  // namespace gavah::pipeline
