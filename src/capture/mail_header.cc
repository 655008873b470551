#include "capture/mail_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/charset.h"
#include "base/format.h"
#include "capture/content_coding.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

constexpr std::size_t kMaxWordsBytes = 4096;  // of a subject or a sender that is read

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr auto kZones = std::to_array<std::pair<std::string_view, std::string_view>>({{"est", "-0500"},
                                                                                      {"edt", "-0400"},
                                                                                      {"cst", "-0600"},
                                                                                      {"cdt", "-0500"},
                                                                                      {"mst", "-0700"},
                                                                                      {"mdt", "-0600"},
                                                                                      {"pst", "-0800"},
                                                                                      {"pdt", "-0700"}});

std::string_view next_word(std::string_view& text) {
  text = trim(text);
  const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

std::optional<int> number_in(std::string_view word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

/// "+0330" as Instant::parse() takes it.
std::string zone_of(std::string_view word) {
  constexpr std::size_t kZoneBytes = 5;
  if (word.size() == kZoneBytes && (word[0] == '+' || word[0] == '-')) return std::string(word);
  const std::string lower = ascii_lower(word);
  const auto found = std::ranges::find(kZones, lower, [](const auto& zone) { return zone.first; });
  return found == kZones.end() ? "Z" : std::string(found->second);
}

/// The Q encoding: quoted-printable with underscores for spaces.
std::string decode_q(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '_', ' ');
  auto decoded = decode("quoted-printable", spaced, kMaxWordsBytes);
  return decoded ? std::move(decoded->bytes) : spaced;
}

/// "=?utf-8?Q?...?=" at the start of `text`: its words, and how long it is.
std::optional<std::pair<std::string, std::size_t>> encoded_word(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?') {
    return std::nullopt;
  }
  const std::size_t begin = charset_end + 3;
  const std::size_t end = text.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view coded = text.substr(begin, end - begin);
  std::string bytes;
  if (text[charset_end + 1] == 'B' || text[charset_end + 1] == 'b') {
    auto decoded = decode("base64", coded, kMaxWordsBytes);
    if (!decoded) return std::nullopt;
    bytes = std::move(decoded->bytes);
  } else {
    bytes = decode_q(coded);
  }
  return std::pair{to_utf8(bytes, text.substr(2, charset_end - 2)).text, end + 2};
}

/// What stands behind "=", quoted or not; `rest` then stands behind it.
std::string take_value(std::string_view& rest) {
  rest.remove_prefix(1);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  std::string out;
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find_first_of("; \t\r\n"), rest.size());
    out = rest.substr(0, end);
    rest.remove_prefix(end);
    return out;
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    out.push_back(rest[at]);
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return out;
}

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

std::string mail_parameter(std::string_view field, std::string_view name) {
  std::string_view rest = field.substr(std::min(field.find(';'), field.size()));
  while (rest.starts_with(';')) {
    rest = trim(rest.substr(1));
    const std::size_t key_end = std::min(rest.find_first_of("=;"), rest.size());
    const bool is_it = ascii_lower(trim(rest.substr(0, key_end))) == name;
    rest.remove_prefix(key_end);
    if (!rest.starts_with('=')) continue;
    std::string value = take_value(rest);
    if (is_it) return value;
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  }
  return {};
}

std::optional<Instant> mail_date(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) text.remove_prefix(comma + 1);
  const auto day = number_in(next_word(text));
  const std::string month = ascii_lower(next_word(text)).substr(0, 3);
  auto year = number_in(next_word(text));
  std::string clock(next_word(text));
  const auto found = std::ranges::find(kMonths, month);
  constexpr std::size_t kShortClock = 5;  // "08:30"
  if (!day || !year || *day < 1 || *year < 0 || found == kMonths.end() || clock.size() < kShortClock)
    return std::nullopt;
  if (*year < 50) year = *year + 2000;  // RFC 5322, 4.3
  if (*year < 1000) year = *year + 1900;
  if (clock.size() == kShortClock) clock += ":00";
  const auto instant = Instant::parse(
      format("{:04}-{:02}-{:02}T{}{}", *year, found - kMonths.begin() + 1, *day, clock, zone_of(next_word(text))));
  return instant ? std::optional(*instant) : std::nullopt;
}

std::string mail_words(std::string_view text) {
  text = trim(text.substr(0, kMaxWordsBytes));
  std::string out;
  bool was_encoded = false;
  std::size_t plain = 0;  // bytes at the end of `out` that stand between two encoded words
  for (std::size_t at = 0; at < text.size();) {
    if (auto word = encoded_word(text.substr(at))) {
      // White space between two encoded words is no part of either (RFC 2047, 6.2).
      if (was_encoded && trim(std::string_view(out).substr(out.size() - plain)).empty()) out.resize(out.size() - plain);
      out += word->first;
      at += word->second;
      was_encoded = true;
      plain = 0;
      continue;
    }
    if (text[at] != '\r' && text[at] != '\n') {
      out.push_back(text[at]);
      ++plain;
    }
    ++at;
  }
  return to_utf8(out, "utf-8").text;
}

bool is_mail(std::string_view head) {
  const std::size_t name_end = head.find(':');
  constexpr std::size_t kNameBytes = 40;
  if (name_end == 0 || name_end > kNameBytes) return false;
  if (!std::ranges::all_of(head.substr(0, name_end), is_name_byte)) return false;
  const HeaderFields fields = HeaderFields::parse(head.substr(0, header_end(head)));
  if (media_type_of(fields.get("content-type")) == "multipart/related") return true;
  constexpr auto kOfMail = std::to_array<std::string_view>(
      {"from", "to", "date", "subject", "message-id", "received", "mime-version", "return-path", "content-type"});
  constexpr auto kEnough = 3;
  return std::ranges::count_if(kOfMail, [&](std::string_view name) { return fields.has(name); }) >= kEnough &&
         fields.has("from");
}

}  // namespace gavah::capture
