#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/byte_window.h"
#include "base/result.h"

namespace gavah {

/// Which values of a document a JsonScanner gives: one step a level, a member's name or "*" (any member or element).
/// {"chats", "list", "*", "messages", "*"} is every message of every chat; {} is the document itself.
struct JsonPath {
  enum class Give {
    value,  ///< with its bytes
    mark,   ///< only where it begins, before what it holds is scanned; paths that go deeper still match inside
  };
  std::vector<std::string> steps;
  Give give = Give::value;
};

/// One value found.
struct JsonMatch {
  std::size_t path = 0;    ///< index into the paths asked for
  ByteRange range;         ///< of the value in the source; of a mark only `begin` is known, and end == begin
  std::string_view bytes;  ///< the value; of a mark its first byte only. Lives until the visitor returns
  std::string_view name;   ///< the member's name when its parent is an object
  /// At each level from the root how many members or elements came before on the way here: indices of elements.
  const std::vector<std::uint64_t>* indices = nullptr;
};

/// Finds values inside a JSON document of any size, holding one value at a time: splits an array larger than memory.
/// Checks that brackets match and strings end everywhere, commas and colons on the levels that paths go through;
/// the inside of given values is for Json::parse or Json::check. One thread.
class JsonScanner {
 public:
  enum class Next { go_on, stop };
  using Visit = std::function<Result<Next>(const JsonMatch&)>;
  static constexpr std::size_t kMaxDepth = 1024;  // as simdjson: deeper documents are refused, platforms have about 20

  /// A given value larger than `max_value_bytes` is an error. Each path matches on its own; when two match the same
  /// value the first is given, and nothing inside a value given with its bytes is matched.
  JsonScanner(std::vector<JsonPath> paths, std::uint64_t max_value_bytes)
      : paths_(std::move(paths)), max_value_bytes_(max_value_bytes) {}

  /// Scans one document that begins (after white space) where the window stands, and leaves the window after it.
  /// Errors are invalid_input and name the offset; what was visited before stays visited.
  Result<Next> scan(ByteWindow& window, const Visit& visit) const;
  /// scan() that visits every match.
  Result<void> each(ByteWindow& window, const std::function<Result<void>(const JsonMatch&)>& visit) const;
  /// scan() for bytes that must hold one document and nothing else.
  Result<Next> scan(std::string_view document, const Visit& visit) const;

 private:
  std::vector<JsonPath> paths_;
  std::uint64_t max_value_bytes_;
};

}  // namespace gavah
