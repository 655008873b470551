#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/mapped_text.h"

namespace gavah::extract {

/// A value as Python's repr() writes it: dict, list, tuple, set, str, bytes, numbers, None, True, False, and calls such
/// as datetime.datetime(2031, 5, 3, 8, 30, tzinfo=datetime.timezone.utc), of which name and arguments are read and
/// nothing is called. Never evaluated. Values know where they stand, so that words can be led back to their bytes. One
/// thread; refers to the text it was read from.
class PythonRecord {
 public:
  using Index = std::uint32_t;
  static constexpr Index kNone = 0xFFFFFFFF;

  /// Nothing when `text` (UTF-8) is no such value, nests deeper than 64 levels, or has more than 100,000 values.
  static std::optional<PythonRecord> read(std::string_view text);

  Index root() const { return 0; }
  /// The value under that key of a dict, or kNone.
  Index find(Index dict, std::string_view key) const;
  /// The elements of a list, tuple or set, the values of a dict, the arguments of a call.
  std::vector<Index> items(Index parent) const;
  /// A string decoded; anything but a dict or a list as it is written; empty for kNone, None and those.
  std::string text(Index index) const;
  /// "datetime.datetime" of a call; empty for anything else.
  std::string_view called(Index index) const;
  /// The day (and the clock) of datetime.datetime(…) or datetime.date(…) in ISO 8601 without a zone; empty otherwise.
  std::string date(Index index) const;
  /// Appends a string's text; `source` is the text that read() was given, with its map.
  void write(Index index, const MappedText& source, MappedText& out) const;

 private:
  friend class PythonRecordReader;
  enum class Kind : std::uint8_t { dict, list, call, string, word };
  struct Value {
    Kind kind = Kind::word;
    Span source;      ///< of a string without its quotes; of a call its name
    std::string key;  ///< under which it stands in a dict
    Index next = kNone;
    Index first = kNone;
  };
  std::string_view slice(Span span) const { return text_.substr(span.begin, span.size()); }

  std::string_view text_;
  std::vector<Value> values_;
};

}  // namespace gavah::extract
