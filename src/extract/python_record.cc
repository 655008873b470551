#include "extract/python_record.h"

#include <algorithm>

#include "base/format.h"
#include "base/utf8.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::size_t kValues = 100'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("_.+-").find(c) != std::string_view::npos;
}

struct Escape {
  std::string text;
  std::uint32_t size = 1;
};

/// What the escape at `at` (a backslash) stands for; one that Python does not know is itself.
Escape escape_at(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return {"\\", 1};
  const char c = text[at + 1];
  constexpr std::string_view kNames = "nrt\\'\"0abfv";
  constexpr std::string_view kValuesOfNames("\n\r\t\\'\"\0\a\b\f\v", 11);
  const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (digits == 0) {
    const std::size_t known = kNames.find(c);
    if (known == std::string_view::npos) return {"\\", 1};
    return {std::string(1, kValuesOfNames[known]), 2};
  }
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char hex = at + 2 + i < text.size() ? text[at + 2 + i] : 'x';
    const auto lower = static_cast<char>(hex | 0x20);
    if (!is_digit(hex) && (lower < 'a' || lower > 'f')) return {"\\", 1};
    value = value * 16 + static_cast<char32_t>(is_digit(hex) ? hex - '0' : lower - 'a' + 10);
  }
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
  Escape out;
  append_utf8(out.text, value);
  out.size = static_cast<std::uint32_t>(2 + digits);
  return out;
}

}  // namespace

class PythonRecordReader {
 public:
  explicit PythonRecordReader(std::string_view text) { out_.text_ = text; }

  std::optional<PythonRecord> read() {
    if (value(0) == PythonRecord::kNone) return std::nullopt;
    skip_space();
    if (at_ != out_.text_.size()) return std::nullopt;
    return std::move(out_);
  }

 private:
  using Index = PythonRecord::Index;
  using Kind = PythonRecord::Kind;
  static constexpr Index kNone = PythonRecord::kNone;

  char now() const { return at_ < out_.text_.size() ? out_.text_[at_] : '\0'; }
  bool take(char c) {
    if (now() != c || at_ >= out_.text_.size()) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (now() == ' ' || now() == '\n' || now() == '\t' || now() == '\r') ++at_;
  }

  Index add(Kind kind) {
    out_.values_.push_back({});
    out_.values_.back().kind = kind;
    return static_cast<Index>(out_.values_.size() - 1);
  }

  Index value(std::size_t depth) {
    skip_space();
    if (depth > kDepth || out_.values_.size() >= kValues) return kNone;
    if (take('{')) return members('}', Kind::dict, depth);
    if (take('[')) return members(']', Kind::list, depth);
    if (take('(')) return members(')', Kind::list, depth);
    const bool has_prefix = at_ + 1 < out_.text_.size() &&
                            std::string_view("brBR").find(now()) != std::string_view::npos &&
                            std::string_view("'\"").find(out_.text_[at_ + 1]) != std::string_view::npos;
    if (has_prefix) ++at_;
    if (now() == '\'' || now() == '"') return string();
    if (now() == '<') return object();
    return word(depth);
  }

  Index string() {
    const char quote = out_.text_[at_++];
    const std::size_t begin = at_;
    while (at_ < out_.text_.size() && out_.text_[at_] != quote) at_ += out_.text_[at_] == '\\' ? 2U : 1U;
    if (at_ >= out_.text_.size()) return kNone;
    const Index index = add(Kind::string);
    out_.values_[index].source = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    ++at_;
    return index;
  }

  /// "<PosixPath object at 0x…>": what has no repr of its own.
  Index object() {
    const std::size_t end = out_.text_.find('>', at_);
    if (end == std::string_view::npos) return kNone;
    const Index index = add(Kind::word);
    out_.values_[index].source = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end + 1)};
    at_ = end + 1;
    return index;
  }

  Index word(std::size_t depth) {
    const std::size_t begin = at_;
    while (at_ < out_.text_.size() && is_word(out_.text_[at_])) ++at_;
    if (at_ == begin) return kNone;
    const Span source{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    if (!take('(')) {
      const Index index = add(Kind::word);
      out_.values_[index].source = source;
      return index;
    }
    const Index index = members(')', Kind::call, depth);
    if (index != kNone) out_.values_[index].source = source;
    return index;
  }

  /// What stands between brackets; keys are strings before ":", or names before "=".
  Index members(char closing, Kind kind, std::size_t depth) {
    const Index parent = add(kind);
    Index last = kNone;
    for (;;) {
      skip_space();
      if (take(closing)) return parent;
      std::string key;
      Index item = value(depth + 1);
      if (item == kNone) return kNone;
      skip_space();
      if (take(kind == Kind::call ? '=' : ':')) {
        key = out_.text(item);
        item = value(depth + 1);
        if (item == kNone) return kNone;
        skip_space();
      }
      out_.values_[item].key = std::move(key);
      (last == kNone ? out_.values_[parent].first : out_.values_[last].next) = item;
      last = item;
      if (take(closing)) return parent;
      if (!take(',')) return kNone;
    }
  }

  PythonRecord out_;
  std::size_t at_ = 0;
};

std::optional<PythonRecord> PythonRecord::read(std::string_view text) { return PythonRecordReader(text).read(); }

PythonRecord::Index PythonRecord::find(Index dict, std::string_view key) const {
  if (dict == kNone || values_[dict].kind != Kind::dict) return kNone;
  for (Index i = values_[dict].first; i != kNone; i = values_[i].next) {
    if (values_[i].key == key) return i;
  }
  return kNone;
}

std::vector<PythonRecord::Index> PythonRecord::items(Index parent) const {
  std::vector<Index> out;
  if (parent == kNone) return out;
  for (Index i = values_[parent].first; i != kNone; i = values_[i].next) out.push_back(i);
  return out;
}

std::string PythonRecord::text(Index index) const {
  if (index == kNone) return {};
  const Value& value = values_[index];
  const std::string_view source = slice(value.source);
  if (value.kind == Kind::word) return source == "None" ? std::string() : std::string(source);
  if (value.kind != Kind::string) return {};
  std::string out;
  for (std::size_t at = 0; at < source.size();) {
    if (source[at] == '\\') {
      const Escape escape = escape_at(source, at);
      out += escape.text;
      at += escape.size;
      continue;
    }
    const std::size_t stop = std::min(source.find('\\', at), source.size());
    out += source.substr(at, stop - at);
    at = stop;
  }
  return out;
}

std::string_view PythonRecord::called(Index index) const {
  return index != kNone && values_[index].kind == Kind::call ? slice(values_[index].source) : std::string_view();
}

std::string PythonRecord::date(Index index) const {
  const std::string_view name = called(index);
  if (name != "datetime.datetime" && name != "datetime.date") return {};
  std::vector<int> numbers;
  for (const Index item : items(index)) {
    const std::string_view digits = slice(values_[item].source);
    const bool is_number =
        values_[item].key.empty() && !digits.empty() && digits.size() <= 6 && std::ranges::all_of(digits, is_digit);
    if (!is_number) break;
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    numbers.push_back(number);
  }
  if (numbers.size() < 3) return {};
  numbers.resize(6);
  const std::string day = format("{:04}-{:02}-{:02}", numbers[0], numbers[1], numbers[2]);
  return name == "datetime.date" ? day : day + format("T{:02}:{:02}:{:02}", numbers[3], numbers[4], numbers[5]);
}

void PythonRecord::write(Index index, const MappedText& source, MappedText& out) const {
  if (index == kNone || values_[index].kind != Kind::string) return;
  const Span span = values_[index].source;
  for (std::uint32_t at = span.begin; at < span.end;) {
    if (text_[at] == '\\') {
      const Escape escape = escape_at(text_.substr(0, span.end), at);
      out.append_as(escape.text, source, {at, at + escape.size});
      at += escape.size;
      continue;
    }
    const auto stop = static_cast<std::uint32_t>(std::min<std::size_t>(text_.find('\\', at), span.end));
    out.append(source, {at, stop});
    at = stop;
  }
}

}  // namespace gavah::extract
