// rooms: base
// The scanner gives what the whole-document reader sees, and never more than the document holds.
#include <cstdlib>

#include "base/json.h"
#include "base/json_scanner.h"

namespace {

using gavah::Json;
using gavah::JsonMatch;
using gavah::JsonScanner;

std::vector<std::string> scanned(std::string_view document, const std::vector<std::string>& path, bool& is_whole) {
  std::vector<std::string> out;
  const JsonScanner scanner({{path}}, 1 << 20);
  const auto done = scanner.scan(document, [&](const JsonMatch& match) -> gavah::Result<JsonScanner::Next> {
    if (match.bytes != document.substr(match.range.begin, match.range.size())) std::abort();
    out.emplace_back(match.bytes);
    return JsonScanner::Next::go_on;
  });
  is_whole = done.has_value();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view document(reinterpret_cast<const char*>(data), size);
  const auto whole = Json::parse(document);
  bool is_whole = false;
  const auto elements = scanned(document, {"*"}, is_whole);
  if (!whole) return 0;
  // What the reader takes the scanner takes, element for element.
  if (!is_whole) std::abort();
  const std::size_t expected = whole->is_array() ? whole->items().size() : whole->members().size();
  if (elements.size() != expected) std::abort();
  for (const std::string& element : elements) {
    if (!Json::parse(element)) std::abort();
  }
  return 0;
}
