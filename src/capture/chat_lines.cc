#include "capture/chat_lines.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/utf8.h"

namespace gavah::capture {
namespace {

using namespace std::string_view_literals;

constexpr int kLinesLookedAt = 20;

/// Marks of direction and the byte order mark, which are letters of no word; three bytes each.
constexpr std::size_t kMarkBytes = 3;
bool is_mark(std::string_view bytes) {
  const char32_t value = bytes.size() < kMarkBytes ? 0 : decode_utf8(bytes, 0).value;
  return value == 0x200E || value == 0x200F || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069) || value == 0xFEFF;
}

constexpr std::array kSpaces{" "sv, "\u00A0"sv, "\u202F"sv};

template <class Choices>
bool take_one_of(std::string_view& text, const Choices& choices) {
  for (const std::string_view choice : choices) {
    if (!text.starts_with(choice)) continue;
    text.remove_prefix(choice.size());
    return true;
  }
  return false;
}

void skip_marks(std::string_view& text) {
  while (is_mark(text)) text.remove_prefix(kMarkBytes);
}

/// Takes one digit of ASCII, Arabic (U+0660) or Persian (U+06F0).
std::optional<std::uint32_t> take_digit(std::string_view& text) {
  if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    const auto value = static_cast<std::uint32_t>(text[0] - '0');
    text.remove_prefix(1);
    return value;
  }
  if (text.size() < 2) return std::nullopt;
  const auto lead = static_cast<unsigned char>(text[0]);
  const auto trail = static_cast<unsigned char>(text[1]);
  const unsigned zero = lead == 0xD9 ? 0xA0U : lead == 0xDB ? 0xB0U : 0x100U;
  if (trail < zero || trail > zero + 9) return std::nullopt;
  text.remove_prefix(2);
  return trail - zero;
}

struct Number {
  std::uint32_t value = 0;
  std::size_t digits = 0;
};

std::optional<Number> take_number(std::string_view& text, std::size_t most) {
  skip_marks(text);
  Number out;
  while (out.digits < most) {
    const auto digit = take_digit(text);
    if (!digit) break;
    out.value = out.value * 10 + *digit;
    ++out.digits;
  }
  skip_marks(text);
  return out.digits == 0 ? std::nullopt : std::optional(out);
}

/// After hours and minutes: seconds and a word for the half of the day, up to what closes the head.
bool take_clock_end(std::string_view& text, std::string_view closing) {
  constexpr std::size_t kMost = 32;  // ":59", a narrow space, "μ.μ." or «بعدازظهر»
  const std::size_t at = text.substr(0, kMost).find(closing);
  if (at == std::string_view::npos) return false;
  text.remove_prefix(at);
  return true;
}

constexpr std::array kDateSigns{"/"sv, "."sv, "-"sv};

}  // namespace

std::optional<ChatHead> read_chat_head(std::string_view line) {
  std::string_view text = line;
  skip_marks(text);
  const bool is_bracketed = take_one_of(text, std::array{"["sv});
  skip_marks(text);
  const char* phrase_begin = text.data();
  const auto first = take_number(text, 4);
  if (!first || !take_one_of(text, kDateSigns)) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second || !take_one_of(text, kDateSigns)) return std::nullopt;
  const auto third = take_number(text, 4);
  if (!third) return std::nullopt;
  take_one_of(text, std::array{","sv, "\u060C"sv});
  skip_marks(text);
  if (!take_one_of(text, kSpaces)) return std::nullopt;
  if (!take_number(text, 2) || !take_one_of(text, std::array{":"sv, "."sv}) || !take_number(text, 2))
    return std::nullopt;
  const std::string_view closing = is_bracketed ? "]"sv : " - "sv;
  if (!take_clock_end(text, closing)) return std::nullopt;
  ChatHead out;
  out.phrase = std::string_view(phrase_begin, static_cast<std::size_t>(text.data() - phrase_begin));
  text.remove_prefix(closing.size());
  if (is_bracketed) take_one_of(text, kSpaces);
  out.first = first->value;
  out.second = second->value;
  out.third = third->value;
  out.is_year_first = first->digits == 4;
  out.is_year_short = !out.is_year_first && third->digits != 4;
  out.rest = line.size() - text.size();
  return out;
}

void ChatDateOrder::note(const ChatHead& head) {
  if (head.is_year_first) return;
  has_first_above_12_ = has_first_above_12_ || head.first > 12;
  has_second_above_12_ = has_second_above_12_ || head.second > 12;
}

std::string ChatDateOrder::day_of(const ChatHead& head) const {
  std::uint32_t year = head.third;
  std::uint32_t month = head.second;
  std::uint32_t day = head.first;
  if (head.is_year_first) {
    std::swap(year, day);
  } else if (has_first_above_12_ == has_second_above_12_) {
    return {};
  } else if (has_second_above_12_) {
    std::swap(month, day);
  }
  if (head.is_year_short) {
    // These programs are from 2009 on; anything else is another calendar or another order.
    if (year < 9 || year > 49) return {};
    year += 2000;
  }
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  return format("{:04}-{:02}-{:02}", year, month, day);
}

bool is_chat_export(std::string_view head) {
  int dated = 0;
  int lines = 0;
  while (!head.empty() && lines < kLinesLookedAt) {
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view() : head.substr(end + 1);
    if (line.empty() || line == "\r") continue;
    ++lines;
    if (read_chat_head(line)) ++dated;
  }
  return dated >= 2 || (dated == 1 && lines == 1);
}

std::optional<ChatSpeaker> read_chat_speaker(std::string_view line, const ChatHead& head) {
  constexpr std::size_t kAuthorBytes = 128;  // names in an address book; groups and people have at most 100 letters
  std::string_view rest = line.substr(head.rest);
  skip_marks(rest);
  const std::size_t colon = rest.find(':');
  const bool ends_line = colon != std::string_view::npos && colon + 1 == rest.size();
  const std::size_t sign = ends_line ? colon : rest.find(": ");
  if (sign == std::string_view::npos || sign == 0 || sign > kAuthorBytes) return std::nullopt;
  std::string_view author = rest.substr(0, sign);
  // "… changed the subject to “Port: now”" is a notice: names have no quotation marks.
  for (const std::string_view quote : {R"(")"sv, "“"sv, "«"sv}) {
    if (author.find(quote) != std::string_view::npos) return std::nullopt;
  }
  const std::string_view words = rest.substr(std::min(sign + 2, rest.size()));
  for (const std::string_view notice : {"end-to-end encrypted"sv, "رمزگذاری سرتاسر"sv, "مشفرة تمامًا بين"sv}) {
    if (words.starts_with("\u200E") && words.find(notice) != std::string_view::npos) return std::nullopt;
  }
  while (author.size() > kMarkBytes && is_mark(author.substr(author.size() - kMarkBytes)))
    author.remove_suffix(kMarkBytes);
  return ChatSpeaker{std::string(author), line.size() - words.size()};
}

}  // namespace gavah::capture
