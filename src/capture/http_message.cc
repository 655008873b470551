#include "capture/http_message.h"

#include <algorithm>
#include <charconv>

namespace gavah::capture {
namespace {

/// Takes the first line off `rest`, without its line end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

HeaderFields HeaderFields::parse(std::string_view lines) {
  HeaderFields out;
  while (!lines.empty()) {
    const std::string_view line = take_line(lines);
    if (line.empty()) break;
    if ((line[0] == ' ' || line[0] == '\t') && !out.fields_.empty()) {
      out.fields_.back().second.append(" ").append(trim(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    out.fields_.emplace_back(ascii_lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
  }
  return out;
}

std::string_view HeaderFields::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (field == name) return value;
  }
  return {};
}

bool HeaderFields::has(std::string_view name) const {
  return std::ranges::any_of(fields_, [&](const auto& field) { return field.first == name; });
}

bool same_name(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](char c, char l) { return (c >= 'A' && c <= 'Z' ? c + 32 : c) == l; });
}

std::string_view field_of(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::string_view line = take_line(header);
    const bool may_be = line.size() > name.size() && (line[name.size()] == ':' || line[name.size()] == ' ');
    if (!may_be || !same_name(line.substr(0, name.size()), name)) continue;
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && trim(line.substr(0, colon)).size() == name.size()) {
      return trim(line.substr(colon + 1));
    }
  }
  return {};
}

std::size_t header_end(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (bytes.substr(at + 1).starts_with('\n')) return at + 2;
    if (bytes.substr(at + 1).starts_with("\r\n")) return at + 3;
  }
  return std::string_view::npos;
}

HttpHeader parse_http_header(std::string_view header) {
  HttpHeader out;
  const std::string_view line = take_line(header);
  const std::size_t space = line.find(' ');
  if (space != std::string_view::npos) {
    const std::string_view code = line.substr(space + 1, 3);
    int status = 0;
    const auto parsed = std::from_chars(code.data(), code.data() + code.size(), status);
    if (parsed.ec == std::errc{} && status >= 100 && status <= 599) out.status = status;
  }
  out.fields = HeaderFields::parse(header);
  return out;
}

std::string media_type_of(std::string_view content_type) {
  return ascii_lower(trim(content_type.substr(0, content_type.find(';'))));
}

std::string charset_of(std::string_view content_type) {
  const std::string lower = ascii_lower(content_type);
  const std::size_t found = lower.find("charset=");
  if (found == std::string::npos) return {};
  std::string_view value = content_type.substr(found + 8);
  value = trim(value.substr(0, value.find(';')));
  if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"' ,")));
}

}  // namespace gavah::capture
