#include "age/header.h"

#include <algorithm>

#include "age/age.h"
#include "base/bytes.h"

namespace gavah::age {
namespace {

constexpr std::string_view kVersionLine = "age-encryption.org/v1\n";
constexpr std::string_view kStanzaPrefix = "-> ";
constexpr std::string_view kFooterPrefix = "---";
constexpr std::size_t kColumns = 64;  ///< base64 characters in a full line of a body

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorCode::invalid_input, std::string("malformed age header: ").append(what));
}

/// Takes the line at the front of `rest`, without its newline.
Result<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return malformed("a line does not end");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

Result<std::vector<std::string>> parse_arguments(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const auto space = text.find(' ');
    const std::string_view argument = text.substr(0, space);
    const bool is_visible = std::all_of(argument.begin(), argument.end(), [](char c) { return c > 32 && c < 127; });
    if (argument.empty() || !is_visible) return malformed("an argument of a stanza");
    out.emplace_back(argument);
    if (space == std::string_view::npos) return out;
    text.remove_prefix(space + 1);
  }
}

/// Full lines, then one that is not full and may be empty.
Result<std::string> take_body(std::string_view& rest) {
  std::string out;
  while (true) {
    GAVAH_ASSIGN(const std::string_view line, take_line(rest));
    if (line.size() > kColumns) return malformed("a line of a body is too long");
    GAVAH_ASSIGN(const std::string bytes, from_unpadded_base64(line));
    out.append(bytes);
    if (line.size() < kColumns) return out;
  }
}

}  // namespace

std::string to_unpadded_base64(std::string_view bytes) {
  std::string out = to_base64(bytes);
  while (!out.empty() && out.back() == '=') out.pop_back();
  return out;
}

Result<std::string> from_unpadded_base64(std::string_view text) {
  if (text.find('=') != std::string_view::npos || text.size() % 4 == 1) return malformed("base64");
  return from_base64(std::string(text).append((4 - text.size() % 4) % 4, '='));
}

Result<Header> parse_header(std::string_view file) {
  const std::string_view whole = file.substr(0, kMaxHeaderBytes);
  if (!whole.starts_with(kVersionLine)) return malformed("it is not of version 1");
  std::string_view rest = whole.substr(kVersionLine.size());
  Header out;
  while (rest.starts_with(kStanzaPrefix)) {
    GAVAH_ASSIGN(const std::string_view line, take_line(rest));
    Stanza stanza;
    GAVAH_ASSIGN(stanza.arguments, parse_arguments(line.substr(kStanzaPrefix.size())));
    GAVAH_ASSIGN(stanza.body, take_body(rest));
    out.stanzas.push_back(std::move(stanza));
  }
  if (out.stanzas.empty()) return malformed("it names no recipient");
  const bool has_passphrase =
      std::ranges::any_of(out.stanzas, [](const Stanza& stanza) { return stanza.arguments.front() == kScryptType; });
  if (has_passphrase && out.stanzas.size() > 1) return malformed("a passphrase's stanza does not stand alone");
  if (!rest.starts_with(kFooterPrefix)) return malformed("its last line");
  out.authenticated = whole.substr(0, whole.size() - rest.size() + kFooterPrefix.size());
  GAVAH_ASSIGN(const std::string_view footer, take_line(rest));
  if (footer.size() <= kFooterPrefix.size() || footer[kFooterPrefix.size()] != ' ') return malformed("its last line");
  GAVAH_ASSIGN(out.mac, from_unpadded_base64(footer.substr(kFooterPrefix.size() + 1)));
  if (out.mac.size() != 32) return malformed("its MAC");
  out.size_bytes = whole.size() - rest.size();
  return out;
}

std::string unsigned_header(const std::vector<Stanza>& stanzas) {
  std::string out(kVersionLine);
  for (const Stanza& stanza : stanzas) {
    out.append("->");
    for (const std::string& argument : stanza.arguments) out.append(" ").append(argument);
    out.append("\n");
    const std::string body = to_unpadded_base64(stanza.body);
    // A body that fills its last line is followed by an empty one.
    for (std::size_t at = 0; at <= body.size(); at += kColumns) out.append(body.substr(at, kColumns)).append("\n");
  }
  return out.append(kFooterPrefix);
}

}  // namespace gavah::age
