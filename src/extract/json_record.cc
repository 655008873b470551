#include "extract/json_record.h"

#include "base/utf8.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::size_t kValues = 1'000'000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// The code unit of "\uXXXX" at `at`, or nothing.
std::optional<char32_t> unit_at(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  char32_t unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return std::nullopt;
    unit = unit * 16 + static_cast<char32_t>(digit);
  }
  return unit;
}

struct Escape {
  char32_t value = 0xFFFD;
  std::uint32_t size = 2;
};

Escape escape_at(std::string_view text, std::size_t at) {
  if (const auto unit = unit_at(text, at)) {
    const bool is_high = *unit >= 0xD800 && *unit < 0xDC00;
    const auto low = is_high ? unit_at(text, at + 6) : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) return {0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00), 12};
    const bool is_lone = *unit >= 0xD800 && *unit < 0xE000;
    return {is_lone ? 0xFFFD : *unit, 6};
  }
  switch (text[at + 1]) {
    case 'n':
      return {'\n', 2};
    case 't':
      return {'\t', 2};
    case 'r':
      return {'\r', 2};
    case 'b':
      return {'\b', 2};
    case 'f':
      return {'\f', 2};
    default:
      return {static_cast<char32_t>(text[at + 1]), 2};
  }
}

}  // namespace

class JsonRecordReader {
 public:
  explicit JsonRecordReader(std::string_view text) { out_.text_ = text; }

  std::optional<JsonRecord> read() {
    skip();
    if (!value({}, 0)) return std::nullopt;
    skip();
    if (at_ != out_.text_.size()) return std::nullopt;
    return std::move(out_);
  }

 private:
  using Kind = JsonRecord::Kind;

  bool at_end() const { return at_ >= out_.text_.size(); }
  char now() const { return out_.text_[at_]; }
  void skip() {
    while (!at_end() && is_space(now())) ++at_;
  }
  bool take(char c) {
    if (at_end() || now() != c) return false;
    ++at_;
    return true;
  }

  bool value(Span key, std::size_t depth) {
    if (at_end() || depth > kDepth || out_.values_.size() >= kValues) return false;
    const auto index = out_.values_.size();
    out_.values_.emplace_back();
    out_.values_[index].key = key;
    const auto begin = static_cast<std::uint32_t>(at_);
    Kind kind = Kind::word;
    Span source;
    if (now() == '{' || now() == '[') {
      kind = now() == '{' ? Kind::object : Kind::array;
      if (!children(static_cast<JsonRecord::Index>(index), kind, depth)) return false;
      source = {begin, static_cast<std::uint32_t>(at_)};
    } else if (now() == '"') {
      kind = Kind::string;
      if (!string(source)) return false;
    } else {
      if (!scalar(kind)) return false;
      source = {begin, static_cast<std::uint32_t>(at_)};
    }
    out_.values_[index].kind = kind;
    out_.values_[index].source = source;
    return true;
  }

  bool children(JsonRecord::Index parent, Kind kind, std::size_t depth) {
    const char close = kind == Kind::object ? '}' : ']';
    ++at_;
    skip();
    if (take(close)) return true;
    JsonRecord::Index last = JsonRecord::kNone;
    for (;;) {
      Span key;
      skip();
      if (kind == Kind::object) {
        if (at_end() || now() != '"' || !string(key)) return false;
        skip();
        if (!take(':')) return false;
        skip();
      }
      const auto child = static_cast<JsonRecord::Index>(out_.values_.size());
      if (!value(key, depth + 1)) return false;
      (last == JsonRecord::kNone ? out_.values_[parent].first : out_.values_[last].next) = child;
      last = child;
      skip();
      if (take(close)) return true;
      if (!take(',')) return false;
    }
  }

  bool string(Span& inside) {
    ++at_;
    inside.begin = static_cast<std::uint32_t>(at_);
    while (!at_end() && now() != '"') {
      if (static_cast<unsigned char>(now()) < 0x20) return false;
      if (now() == '\\' && !escape()) return false;
      ++at_;
    }
    if (at_end()) return false;
    inside.end = static_cast<std::uint32_t>(at_++);
    return true;
  }

  /// Leaves at_ on the escape's last byte.
  bool escape() {
    const std::string_view text = out_.text_;
    if (at_ + 1 >= text.size()) return false;
    if (text[at_ + 1] == 'u') {
      if (!unit_at(text, at_)) return false;
      at_ += 5;
      return true;
    }
    if (std::string_view("\"\\/bfnrt").find(text[at_ + 1]) == std::string_view::npos) return false;
    at_ += 1;
    return true;
  }

  bool scalar(Kind& kind) {
    for (const std::string_view word :
         {std::string_view("true"), std::string_view("false"), std::string_view("null")}) {
      if (!out_.text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return true;
    }
    kind = Kind::number;
    return number();
  }

  std::size_t digits() {
    const std::size_t begin = at_;
    while (!at_end() && now() >= '0' && now() <= '9') ++at_;
    return at_ - begin;
  }

  bool number() {
    take('-');
    const bool starts_with_zero = !at_end() && now() == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (starts_with_zero && whole > 1)) return false;
    if (take('.') && digits() == 0) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (digits() == 0) return false;
    }
    return true;
  }

  JsonRecord out_;
  std::size_t at_ = 0;
};

std::optional<JsonRecord> JsonRecord::read(std::string_view text, std::uint32_t begin) {
  auto record = JsonRecordReader(text).read();
  if (record) record->begin_ = begin;
  return record;
}

JsonRecord::Index JsonRecord::find_anywhere(std::string_view key) const {
  for (Index i = 0; i < values_.size(); ++i) {
    if (values_[i].kind == Kind::string && !values_[i].key.empty() && slice(values_[i].key) == key) return i;
  }
  return kNone;
}

JsonRecord::Index JsonRecord::find(Index object, std::string_view key) const {
  if (!is_object(object)) return kNone;
  for (Index i = values_[object].first; i != kNone; i = values_[i].next) {
    if (slice(values_[i].key) == key) return i;
  }
  return kNone;
}

JsonRecord::Index JsonRecord::find(Index object, std::initializer_list<std::string_view> path) const {
  for (const std::string_view key : path) object = find(object, key);
  return object;
}

std::vector<JsonRecord::Index> JsonRecord::items(Index parent) const {
  std::vector<Index> out;
  if (parent == kNone) return out;
  for (Index i = values_[parent].first; i != kNone; i = values_[i].next) out.push_back(i);
  return out;
}

bool JsonRecord::is_string(Index index) const { return index != kNone && values_[index].kind == Kind::string; }
bool JsonRecord::is_object(Index index) const { return index != kNone && values_[index].kind == Kind::object; }
bool JsonRecord::is_array(Index index) const { return index != kNone && values_[index].kind == Kind::array; }
bool JsonRecord::is_true(Index index) const {
  return index != kNone && values_[index].kind == Kind::word && slice(values_[index].source) == "true";
}

std::string JsonRecord::text(Index index) const {
  if (index == kNone) return {};
  const Value& value = values_[index];
  if (value.kind == Kind::number) return std::string(slice(value.source));
  if (value.kind != Kind::string) return {};
  const OffsetMap map = OffsetMap::identity();
  MappedText out(map);
  write(index, out);
  return out.text();
}

void JsonRecord::write(Index index, MappedText& out) const {
  if (index != kNone && values_[index].kind == Kind::number) {
    out.copy(slice(values_[index].source), begin_ + values_[index].source.begin);
  }
  if (!is_string(index)) return;
  const Span source = values_[index].source;
  for (std::uint32_t at = source.begin; at < source.end;) {
    if (text_[at] == '\\') {
      const Escape escape = escape_at(text_, at);
      std::string decoded;
      append_utf8(decoded, escape.value);
      out.decode(decoded, {begin_ + at, begin_ + at + escape.size});
      at += escape.size;
      continue;
    }
    const std::size_t stop = std::min<std::size_t>(text_.find('\\', at), source.end);
    out.copy(text_.substr(at, stop - at), begin_ + at);
    at = static_cast<std::uint32_t>(stop);
  }
}

}  // namespace gavah::extract
