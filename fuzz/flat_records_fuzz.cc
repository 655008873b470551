// rooms: pipeline publish verify link code extract capture seal net media store html place text confine age proof model
// base What a confined worker answers, which may have been taken over by what it read: parts, reports, what a container
// is.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/json.h"
#include "base/utf8.h"
#include "pipeline/flat_records.h"

namespace {

using gavah::Report;
using gavah::confine::FlatReader;
using gavah::confine::FlatWriter;
using gavah::pipeline::write_flat;

/// What was taken travels on as it is: writing it and reading it again changes nothing, and its JSON is JSON.
template <class Record, class Read>
std::string travelled(const Record& record, Read read) {
  FlatWriter out;
  write_flat(out, record);
  FlatReader in(out.str());
  const Record back = read(in);
  GAVAH_CHECK(in.at_end());
  FlatWriter again;
  write_flat(again, back);
  GAVAH_CHECK(again.str() == out.str());
  return out.take();
}

void check_report(const Report& report) {
  GAVAH_CHECK(gavah::is_utf8(report.text));
  std::uint32_t text_end = 0;
  for (const gavah::MapPiece& piece : report.map) {
    GAVAH_CHECK(piece.text.begin >= text_end && piece.text.begin <= piece.text.end);
    GAVAH_CHECK(piece.text.end <= report.text.size() && piece.source.begin <= piece.source.end);
    text_end = piece.text.end;
  }
  for (const gavah::Relation& relation : report.relations) {
    GAVAH_CHECK(relation.span.value_or(gavah::Span{}).end <= report.text.size());
    GAVAH_CHECK(!name_of(relation.kind).empty());
  }
  const auto json = gavah::Json::parse(to_json(report));
  GAVAH_CHECK(json.has_value());
  const auto back = gavah::report_from_json(*json);
  GAVAH_CHECK(back.has_value());
  GAVAH_CHECK(back->text == report.text && back->map == report.map && back->relations == report.relations);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  FlatReader in(bytes);
  if (data[0] % 3 == 0) {
    const Report report = gavah::pipeline::read_flat_report(in);
    if (!in.at_end()) return 0;
    travelled(report, gavah::pipeline::read_flat_report);
    check_report(report);
  } else if (data[0] % 3 == 1) {
    const gavah::Part part = gavah::pipeline::read_flat_part(in);
    if (!in.at_end()) return 0;
    travelled(part, gavah::pipeline::read_flat_part);
    GAVAH_CHECK(gavah::Json::parse(to_json(part)).has_value());
  } else {
    const gavah::capture::Container container = gavah::pipeline::read_flat_container(in);
    if (in.at_end()) travelled(container, gavah::pipeline::read_flat_container);
  }
  return 0;
}
