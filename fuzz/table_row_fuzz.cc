// rooms: extract html text model base
// Rows of tables: delimiter-separated text, sheets, JSON objects, cells that are Python reprs.
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "base/utf8.h"
#include "extract/extract.h"

namespace {

struct Table {
  const char* format;
  const char* header;
  const char* mapping;
};

constexpr std::array<Table, 5> kTables{{
    {"csv-row", R"(["status","metadata","media"])",
     R"({"columns":{"text":"metadata"},"delimiter":",","shape":"auto-archiver-db"})"},
    {"csv-row", R"(["Title__en","Title__fa","a","b"])",
     R"({"columns":{"also":["a","b"],"title":["Title__en","Title__fa"]},"delimiter":",","shape":"uwazi"})"},
    {"csv-row", R"(["a","b","c","d","e","f"])",
     R"({"columns":{"cites":"d","date":"b","place":["c","e"],"text":"a","when":"f"},"counts":{"killed":["e","f"]},"delimiter":";","date_format":"dd/mm/yyyy"})"},
    {"xlsx-row", R"(["a","b","c"])", R"({"columns":{"also":"c","text":"a","when":"b"},"counts":{"killed":"c"}})"},
    {"archive-record", "[]", "{}"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Table& table = kTables[data[0] % kTables.size()];
  gavah::Capture capture;
  gavah::Part part;
  part.format = table.format;
  part.hints = {{"mapping", table.mapping},
                {"header", table.header},
                {"strings", R"({"0":"words","1":"کارگران"})"},
                {"dates", "[1]"}};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const auto& report : gavah::extract::extract({capture, part, bytes}, gavah::IdSecret{})) {
    GAVAH_CHECK(gavah::is_utf8(report.text));
    std::uint32_t past = 0;
    for (const auto& piece : report.map) {
      GAVAH_CHECK(piece.text.begin >= past && piece.text.end <= report.text.size());
      GAVAH_CHECK(piece.source.begin <= piece.source.end && piece.source.end <= bytes.size());
      past = piece.text.end;
    }
  }
  return 0;
}
