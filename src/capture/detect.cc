#include "capture/detect.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/charset.h"
#include "base/format.h"
#include "capture/chat_lines.h"
#include "capture/http_message.h"
#include "capture/mail_header.h"
#include "capture/signature.h"
#include "capture/table.h"
#include "capture/telegram_page.h"
#include "capture/x_archive.h"

namespace gavah::capture {
namespace {

using namespace std::string_view_literals;

Detected unread(std::string_view what) {
  return {Format::unread, {}, format("{}; this version does not read it", what)};
}

std::string_view without_mark_and_space(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t begin = head.find_first_not_of(" \t\r\n\f");
  return begin == std::string_view::npos ? std::string_view() : head.substr(begin);
}

bool contains(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

/// A document that begins with "<". `lower` is its head in lower case.
Detected detect_markup(std::string_view lower, std::string_view name) {
  while (lower.starts_with("<!--")) {
    const std::size_t end = lower.find("-->");
    lower = end == std::string_view::npos ? std::string_view() : without_mark_and_space(lower.substr(end + 3));
  }
  constexpr std::array kHtmlStarts{
      "<!doctype html"sv, "<html"sv,   "<head"sv, "<body"sv, "<title"sv, "<meta"sv, "<script"sv, "<style"sv,
      "<div"sv,           "<table"sv,  "<h1"sv,   "<p"sv,    "<a "sv,    "<br"sv,   "<b>"sv,     "<font"sv,
      "<iframe"sv,        "<article"sv};
  const bool is_html = std::ranges::any_of(kHtmlStarts, [&](auto start) { return lower.starts_with(start); });
  if (is_telegram_page(lower)) return {Format::telegram_page, {}, {}};
  if (is_telegram_list(lower)) return unread("a list of a Telegram export (chats, contacts, sessions)");
  if (is_html || contains(lower, "<html")) return {Format::html, {}, {}};
  if (contains(lower, "<rss") || contains(lower, "<feed")) return unread("an RSS or Atom feed");
  if (lower.starts_with("<svg") || (lower.starts_with("<?xml") && contains(lower, "<svg")))
    return unread("an SVG drawing");
  if (name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml")) return {Format::html, {}, {}};
  return unread("XML of a kind that is not HTML");
}

/// True when text that begins with a bracket is meant as JSON and not as prose with brackets.
bool is_json_start(std::string_view text) {
  const char bracket = text[0];
  const std::string_view rest = without_mark_and_space(text.substr(1));
  if (rest.empty()) return false;
  if (bracket == '{') return rest[0] == '"' || rest[0] == '}';
  return bracket == '[' && contains("{[\"]", rest.substr(0, 1));
}

/// Endings whose files are text but tell nothing.
std::string_view told_by_ending(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kEndings{
      {{".yaml", "a YAML file"},
       {".yml", "a YAML file"},
       {".js", "a script"},
       {".css", "a style sheet"},
       {".py", "a program"},
       {".sh", "a program"},
       {".xml", "XML"},
       {".sql", "an SQL file"},
       {".ini", "a settings file"},
       {".toml", "a settings file"},
       {".cdx", "an index of a web archive"},
       {".cdxj", "an index of a web archive"},
       {".mbox", "a mailbox"}}};
  for (const auto& [ending, what] : kEndings) {
    if (name.ends_with(ending)) return what;
  }
  return {};
}

/// "com,example)/ 20200102030405 {"
bool is_cdx(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\n'));
  const std::size_t at = line.find(")/");
  if (at == std::string_view::npos || contains(line.substr(0, at), " ")) return false;
  const std::size_t space = line.find(' ', at);
  if (space == std::string_view::npos) return false;
  const std::string_view stamp = line.substr(space + 1, 14);
  return stamp.size() == 14 && std::ranges::all_of(stamp, [](char c) { return c >= '0' && c <= '9'; });
}

/// Letters of any script and spaces make up most of prose; tables of numbers, code and keys are other stuff.
bool is_prose(std::string_view text) {
  constexpr std::size_t kLeastShare = 60;  // percent; a dated, numbered list of names still has 70
  const auto counts = std::ranges::count_if(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
  });
  return !text.empty() && static_cast<std::size_t>(counts) * 100 >= text.size() * kLeastShare;
}

Detected detect_text(std::string_view text, std::string_view name, Mapping mapping);

/// UTF-16 with its mark: every other byte of ASCII text is zero.
Detected detect_utf16(std::string_view head, std::string_view name, Mapping mapping) {
  std::string ascii;
  for (const char c : head.substr(2)) {
    if (c != '\0' && static_cast<unsigned char>(c) < 0x80) ascii.push_back(c);
  }
  const std::string lower = ascii_lower(ascii);
  const bool is_page = contains(lower, "<html") || contains(lower, "<!doctype html");
  if (is_page) return {Format::html, {}, {}};
  const auto text = transcode(head.substr(0, head.size() / 2 * 2), {});
  const bool is_table = text && detect_text(text->text, name, mapping).format == Format::table;
  return {is_table ? Format::table : Format::text, {}, {}};
}

Detected detect_text(std::string_view text, std::string_view name, Mapping mapping) {
  if (text.empty()) return {Format::empty, {}, "there is nothing but white space in it"};
  if (is_x_archive_file(text)) return {Format::x_archive_file, {}, {}};
  if (is_chat_export(text)) return {Format::chat, {}, {}};
  if (is_cdx(text)) return unread("an index of a web archive");
  if (name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".tab")) return {Format::table, {}, {}};
  if (const auto what = told_by_ending(name); !what.empty()) return unread(what);
  if (mapping == Mapping::given || has_obvious_header(text)) return {Format::table, {}, {}};
  if (is_prose(text)) return {Format::text, {}, {}};
  return {Format::unread, {}, "text, but not prose: it is mostly digits and signs, and no known export"};
}

}  // namespace

bool is_texty(std::string_view bytes) {
  return std::ranges::none_of(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v');
  });
}

Detected detect(std::string_view head, std::string_view name, Mapping mapping) {
  if (head.empty()) return {Format::empty, {}, "it is empty"};
  if (auto found = detect_signature(head)) return *std::move(found);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
    return detect_utf16(head, ascii_lower(name), mapping);
  const std::string ending = ascii_lower(name.substr(name.size() - std::min<std::size_t>(name.size(), 8)));
  const std::string_view text = without_mark_and_space(head);
  if (ending.ends_with(".json") || ending.ends_with(".jsonl") || ending.ends_with(".ndjson")) {
    if (!text.empty() && !text.starts_with('<')) return {Format::json, {}, {}};
  }
  if (text.starts_with('<')) return detect_markup(ascii_lower(text), ending);
  if (!text.empty() && is_json_start(text)) return {Format::json, {}, {}};
  if (is_mail(text)) return {Format::mail, {}, {}};
  if (!is_texty(head)) {
    if (ending.ends_with(".html") || ending.ends_with(".htm")) return {Format::html, {}, {}};
    return {Format::unread, {}, "binary data of no known format"};
  }
  if (ending.ends_with(".html") || ending.ends_with(".htm")) return {Format::html, {}, {}};
  return detect_text(text, ending, mapping);
}

}  // namespace gavah::capture
