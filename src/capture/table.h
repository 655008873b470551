#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::capture {

/// How the columns of a table are to be read; docs/formats.md tells what each member does.
struct TableMapping {
  using Columns = std::map<std::string, std::vector<std::string>>;

  /// Slot to header cells: "text", "title", "date" (when the row was published), "when" (when what it tells happened),
  /// "place", "source", "author", "url", "id", "lang", "cites", "links", "also", "forwards", "replies", "edited",
  /// "retracts". After parse() a cell may end in "*" (every header cell that begins so) and "also" may be "*" (all that
  /// no other slot has); resolve() puts the cells of a header in their place.
  Columns columns;
  /// What is counted ("killed", "participants") to one column, or to the columns of least and most.
  Columns counts;
  char delimiter = '\0';    ///< NUL when not stated
  std::string date_format;  ///< "dd/mm/yyyy" or "mm/dd/yyyy"; empty when not stated
  std::string shape;        ///< name of a known export, empty for any other table
  std::string publisher;    ///< who publishes the table and speaks in each row; empty when a column says it
  std::string zone;    ///< "utc": clock times without a zone are UTC. "unknown": zones that stand there are not true
  std::string hollow;  ///< why no row of it makes a claim; empty when they do
  friend bool operator==(const TableMapping&, const TableMapping&) = default;

  /// The JSON of ReadOptions::mapping. Refuses unknown slots, and one that says nothing of what a row tells.
  static Result<TableMapping> parse(std::string_view json);
  std::string json() const;

  enum class Missing { refused, dropped };
  /// Puts the cells of `header` in place of what parse() left open; cells are compared as they stand, then without
  /// regard to case. A named column that is not there is invalid_input, or is left out.
  Result<TableMapping> resolve(const std::vector<std::string>& header, Missing missing) const;
};

/// The delimiter that the first row of a table uses: the commonest of comma, semicolon and tab outside quotes; a bar
/// where there is none of them.
char guess_delimiter(std::string_view first_row);

/// The delimiter that "sep=;", a first line that Excel writes and reads, states.
std::optional<char> stated_delimiter(std::string_view first_line);

/// Header cells as they are spoken of: trimmed; one that stands there before gets a number ("source (2)"), an empty
/// one the number of its column ("column 7").
std::vector<std::string> header_names(std::vector<std::string> cells);

/// Lower case, Arabic yeh and kaf as Persian ones, and no white space or byte order mark around it.
std::string folded_cell(std::string_view cell);

/// The slot whose name a header cell is beyond doubt, in English, Persian or Arabic; empty when there is none.
std::string_view slot_of_cell(std::string_view cell);

/// A mapping from header cells whose words say what they are ("Message", "متن"), or from the header of a known export.
/// Nothing when no cell is obviously the text.
std::optional<TableMapping> recognise_header(const std::vector<std::string>& header, char delimiter);

/// True when a document's first line (UTF-8) is a header that recognise_header() takes, with at least two known cells.
[[nodiscard]] bool has_obvious_header(std::string_view head);

}  // namespace gavah::capture
