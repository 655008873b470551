#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gavah::capture {

/// "Name: value" lines as HTTP, WARC and mail have them. Names are matched without case; a line that begins with
/// white space continues the one before; a line without a colon is dropped.
class HeaderFields {
 public:
  static HeaderFields parse(std::string_view lines);
  /// The first value of that name, without white space around it; empty when there is none.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;  // names in lower case
};

/// The first value of that name (in lower case) in a header that begins with its first line; empty when there is none.
/// Costs no memory; a continued line gives its first part only.
std::string_view field_of(std::string_view header, std::string_view name);
/// Whether `text` is `lower`, which is in lower case, but for the case of its letters.
[[nodiscard]] bool same_name(std::string_view text, std::string_view lower);

/// Where a header ends: the offset after its first empty line (CRLF or bare LF). npos when there is none.
std::size_t header_end(std::string_view bytes);

struct HttpHeader {
  int status = 0;  ///< 0 when the status line cannot be read
  HeaderFields fields;
};

/// The header of a response: status line and fields (RFC 9112, 4).
HttpHeader parse_http_header(std::string_view header);

/// "text/html" of "Text/HTML; charset=utf-8", in lower case.
std::string media_type_of(std::string_view content_type);
/// "utf-8" of the same, as written; empty when there is none.
std::string charset_of(std::string_view content_type);

std::string_view trim(std::string_view text);
std::string ascii_lower(std::string_view text);

}  // namespace gavah::capture
