#include "html/raw_text_end.h"

#include <cstring>

#include "html/byte_scan.h"
#include "html/letters.h"

namespace gavah::html {
namespace {

/// True when [at, end) begins with `name` in any case and a byte that ends a tag's name.
bool names(const char* at, const char* end, std::string_view name) {
  if (static_cast<std::size_t>(end - at) <= name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(at[i]) != name[i]) return false;
  }
  return (letter(at[name.size()]) & kEndsName) != 0;
}

bool is_end_tag(const char* at, const char* end, std::string_view name) {
  return !name.empty() && end - at > 2 && at[1] == '/' && names(at + 2, end, name);
}

const char* find_open(const char* at, const char* end) {
  if (at >= end) return end;
  const void* found = std::memchr(at, '<', static_cast<std::size_t>(end - at));
  return found == nullptr ? end : static_cast<const char*>(found);
}

bool starts(const char* at, const char* end, std::string_view text) {
  return static_cast<std::size_t>(end - at) >= text.size() && std::memcmp(at, text.data(), text.size()) == 0;
}

/// Behind "<!--" in a script.
class EscapedScript {
 public:
  EscapedScript(const char* end, std::string_view name) : end_(end), name_(name) {}

  /// Goes on from `at` to the end of the script (is_over() then), or to where plain script goes on.
  const char* read(const char* at) {
    for (at = find_any<'<', '>'>(at, end_); at < end_; at = find_any<'<', '>'>(at + 1, end_)) {
      if (*at == '>') {
        // The dashes of "<!--" count: "<!-->" is over at once.
        if (at[-1] == '-' && at[-2] == '-') return at + 1;
      } else if (is_double_) {
        if (at + 1 < end_ && at[1] == '/' && names(at + 2, end_, "script")) is_double_ = false;
      } else if (is_end_tag(at, end_, name_)) {
        is_over_ = true;
        return at;
      } else if (names(at + 1, end_, "script")) {
        is_double_ = true;
      }
    }
    return end_;
  }
  bool is_over() const { return is_over_; }

 private:
  const char* end_;
  std::string_view name_;
  bool is_double_ = false;
  bool is_over_ = false;
};

}  // namespace

const char* find_end_tag(const char* at, const char* end, std::string_view name) {
  for (at = find_open(at, end); at < end; at = find_open(at + 1, end)) {
    if (is_end_tag(at, end, name)) return at;
  }
  return end;
}

const char* find_script_end(const char* at, const char* end, std::string_view name) {
  for (at = find_open(at, end); at < end;) {
    if (is_end_tag(at, end, name)) return at;
    if (starts(at, end, "<!--")) {
      EscapedScript escaped(end, name);
      at = escaped.read(at + 4);
      if (escaped.is_over()) return at;
      at = find_open(at, end);
    } else {
      at = find_open(at + 1, end);
    }
  }
  return end;
}

}  // namespace gavah::html
