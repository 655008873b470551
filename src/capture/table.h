#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::capture {

/// How the columns of a table are to be read.
struct TableMapping {
  /// Slot ("text", "title", "date", "source", "author", "url", "place", "id", "lang") to header cell.
  std::map<std::string, std::string> columns;
  char delimiter = ',';
  std::string date_format;  ///< empty when not stated
  friend bool operator==(const TableMapping&, const TableMapping&) = default;

  /// The JSON of ReadOptions::mapping. Refuses unknown slots, and one without text or title.
  static Result<TableMapping> parse(std::string_view json);
  std::string json() const;
};

/// The delimiter that the first row of a table uses: the commonest of comma, semicolon and tab outside quotes.
char guess_delimiter(std::string_view first_row);

/// A mapping from header cells whose words say what they are, in English or Persian ("Message", "متن"). Nothing when
/// no cell is obviously the text.
std::optional<TableMapping> recognise_header(const std::vector<std::string>& header, char delimiter);

/// True when a document's first line is a header that recognise_header() takes, with at least two known cells.
[[nodiscard]] bool has_obvious_header(std::string_view head);

}  // namespace gavah::capture
