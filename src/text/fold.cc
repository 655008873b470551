#include "text/fold.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/utf8.h"
#include "text/fold_table.h"

namespace gavah::text {
namespace {

constexpr std::uint32_t kLongestLetter = 12;
constexpr std::uint32_t kInvisibleBytes = 3;
constexpr char kSubstitute = '\x1A';

bool is_space(char folded) { return folded == ' ' || folded == '\n'; }

/// The growing output: bytes and, for each, the offset of its original character.
struct Output {
  explicit Output(std::size_t capacity_bytes) { reserve(capacity_bytes); }

  void reserve(std::size_t capacity_bytes) {
    auto new_bytes = std::make_unique_for_overwrite<char[]>(capacity_bytes);
    auto new_map = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_bytes);
    if (size != 0) {
      std::memcpy(new_bytes.get(), bytes.get(), size);
      std::memcpy(new_map.get(), map.get(), size * sizeof(std::uint32_t));
    }
    bytes = std::move(new_bytes);
    map = std::move(new_map);
    capacity = capacity_bytes;
  }

  void push(char byte, std::uint32_t from) {
    bytes[size] = byte;
    map[size++] = from;
  }

  /// White space and ZWNJ run together; a run that holds two line breaks or more is one '\n'.
  void push_space(char space, std::uint32_t from) {
    if (space == '\n') ++line_breaks;
    if (size != 0 && is_space(bytes[size - 1])) {
      if (line_breaks >= 2) bytes[size - 1] = '\n';
    } else {
      push(' ', from);
    }
  }

  std::unique_ptr<char[]> bytes;
  std::unique_ptr<std::uint32_t[]> map;
  std::size_t capacity = 0;
  std::uint32_t size = 0;
  std::uint32_t line_breaks = 0;
};

void push_letter(Output& out, const FoldedLetter& letter, std::uint32_t from) {
  if (letter.size == 0) return;
  if (is_space(letter.bytes[0])) {
    out.push_space(letter.bytes[0], from);
    return;
  }
  out.line_breaks = 0;
  for (std::uint8_t i = 0; i < letter.size; ++i) out.push(letter.bytes[i], from);
}

/// Folds the run of ASCII words at `at`, parted by single spaces; returns where it ends: at other white space or a byte
/// that is no ASCII.
std::uint32_t push_ascii_words(Output& out, const FoldTable& table, std::string_view text, std::uint32_t at) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t first = at;
  char* const bytes = out.bytes.get();
  std::uint32_t* const map = out.map.get();
  std::uint32_t to = out.size;
  for (; at < size; ++at) {
    char folded = table.visible_ascii(text[at]);
    if (folded == '\0') {
      if (text[at] != ' ' || to == 0 || is_space(bytes[to - 1])) break;
      folded = ' ';
    }
    bytes[to] = folded;
    map[to++] = at;
  }
  if (at != first) out.line_breaks = 0;
  out.size = to;
  return at;
}

bool is_emoji(char32_t value) { return value >= 0x1F000 && value < 0x1FC00; }

/// Folds the character at `at` that is not ASCII; returns its size in bytes.
std::uint32_t push_character(Output& out, const FoldTable& table, std::string_view text, std::uint32_t at) {
  const CodePoint point = decode_utf8(text, at);
  if (const FoldedLetter* letter = table.find(point.value); letter != nullptr && point.value != 0xFFFD) {
    push_letter(out, *letter, at);
    return point.size_bytes;
  }
  out.line_breaks = 0;
  if (point.value == 0xFFFD) {
    out.push(kSubstitute, at);
  } else if (is_emoji(point.value)) {
    out.push('*', at);
  } else {
    for (std::uint32_t i = 0; i < point.size_bytes; ++i) out.push(text[at + i], at);
  }
  return point.size_bytes;
}

/// The size in bytes of an invisible mark that ends at `end`: bidi marks, ZWJ, BOM; else 0.
std::uint32_t invisible_before(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  if (end < begin + kInvisibleBytes) return 0;
  const std::string_view last = text.substr(end - 3, 3);
  if (last == "\xEF\xBB\xBF") return 3;
  if (last[0] != '\xE2') return 0;
  const bool general =
      last[1] == '\x80' && ((last[2] >= '\x8C' && last[2] <= '\x8F') || (last[2] >= '\xAA' && last[2] <= '\xAE'));
  const bool isolate = last[1] == '\x81' && last[2] >= '\xA0' && last[2] <= '\xAF';
  return general || isolate ? 3 : 0;
}

}  // namespace

Folded fold(std::string_view text) {
  GAVAH_CHECK(text.size() <= kFoldLimitBytes);
  const FoldTable& table = FoldTable::get();
  const auto size = static_cast<std::uint32_t>(text.size());
  Output out(text.size() + 2 * kLongestLetter);
  std::uint32_t at = 0;
  while (at < size) {
    // Room for what is left, should each byte give one, and for one character that gives many.
    if (out.capacity - out.size < size - at + kLongestLetter) out.reserve(out.capacity * 2);
    at = push_ascii_words(out, table, text, at);
    if (at == size) break;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0xC2 && byte < 0xE0 && at + 1 < size && (static_cast<unsigned char>(text[at + 1]) & 0xC0) == 0x80) {
      const char32_t value =
          (static_cast<char32_t>(byte & 0x1F) << 6) | (static_cast<unsigned char>(text[at + 1]) & 0x3F);
      push_letter(out, *table.find(value), at);
      at += 2;
    } else if (byte < 0x80) {
      push_letter(out, *table.find(byte), at);
      ++at;
    } else {
      at += push_character(out, table, text, at);
    }
  }
  Folded folded;
  folded.original_ = text;
  folded.size_ = out.size;
  out.map[out.size] = size;
  folded.bytes_ = std::move(out.bytes);
  folded.map_ = std::move(out.map);
  return folded;
}

Span Folded::original_span(Span folded) const {
  const std::uint32_t begin = map_[folded.begin];
  if (folded.empty()) return Span{begin, begin};
  // Most often one character stands right before the next, with no room for an invisible mark between them.
  if (const std::uint32_t step = map_[folded.end] - map_[folded.end - 1]; step > 0 && step <= kInvisibleBytes) {
    return Span{begin, map_[folded.end]};
  }
  std::uint32_t next = folded.end;
  while (next < size_ && map_[next] == map_[folded.end - 1]) ++next;
  std::uint32_t end = map_[next];
  const std::uint32_t last = map_[folded.end - 1];
  while (const std::uint32_t invisible = invisible_before(original_, last + 1, end)) end -= invisible;
  return Span{begin, end};
}

std::uint32_t Folded::folded_offset(std::uint32_t original) const {
  return static_cast<std::uint32_t>(std::lower_bound(map_.get(), map_.get() + size_, original) - map_.get());
}

std::string folded_key(std::string_view text) {
  const Folded folded = fold(text);
  std::string_view key = folded.text();
  while (!key.empty() && (key.front() == ' ' || key.front() == '\n')) key.remove_prefix(1);
  while (!key.empty() && (key.back() == ' ' || key.back() == '\n')) key.remove_suffix(1);
  return std::string(key);
}

}  // namespace gavah::text
