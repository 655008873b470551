#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/mapped_text.h"

namespace gavah::extract {

/// A JSON document (RFC 8259) whose values know where they stand, so that the text of a string can be led back to its
/// bytes, escapes included. Refers to the text it was read from. Read from any thread.
class JsonRecord {
 public:
  using Index = std::uint32_t;
  static constexpr Index kNone = 0xFFFFFFFF;

  /// Nothing when `text` (UTF-8) is no JSON, nests deeper than 64 levels, or has more than 1,000,000 values.
  /// `begin` is where `text` stands in the page that write() speaks of.
  static std::optional<JsonRecord> read(std::string_view text, std::uint32_t begin = 0);

  Index root() const { return 0; }
  /// The member of that name (the first one), or kNone; kNone has no members.
  Index find(Index object, std::string_view key) const;
  Index find(Index object, std::initializer_list<std::string_view> path) const;
  /// The elements of an array, the values of an object.
  std::vector<Index> items(Index parent) const;

  /// The name of a member as it is written, escapes and all.
  std::string_view name(Index index) const { return slice(values_[index].key); }

  [[nodiscard]] bool is_string(Index index) const;
  [[nodiscard]] bool is_object(Index index) const;
  [[nodiscard]] bool is_array(Index index) const;
  [[nodiscard]] bool is_true(Index index) const;
  /// A string decoded, a number as written; empty for anything else.
  std::string text(Index index) const;
  /// The first string member of that name anywhere, in document order, or kNone.
  Index find_anywhere(std::string_view key) const;
  /// text(find(object, key)).
  std::string text_of(Index object, std::string_view key) const { return text(find(object, key)); }
  /// Appends a string's text, each escape as a piece of its own, or a number as it is written.
  void write(Index index, MappedText& out) const;

 private:
  friend class JsonRecordReader;
  enum class Kind : std::uint8_t { object, array, string, number, word };
  struct Value {
    Kind kind = Kind::word;
    Span source;  ///< without the quotes of a string
    Span key;     ///< of a member, without its quotes
    Index next = kNone;
    Index first = kNone;
  };
  std::string_view slice(Span span) const { return text_.substr(span.begin, span.size()); }

  std::string_view text_;
  std::uint32_t begin_ = 0;
  std::vector<Value> values_;
};

}  // namespace gavah::extract
