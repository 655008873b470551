// What begins with "<!" or "<?": comments, document types, CDATA sections (HTML living standard, sections 13.2.5.41 to
// 13.2.5.68).
#include <algorithm>
#include <cstring>

#include "html/byte_scan.h"
#include "html/letters.h"
#include "html/tokenizer.h"

namespace gavah::html {
namespace {

bool starts_with(const char* at, const char* end, std::string_view small) {
  if (static_cast<std::size_t>(end - at) < small.size()) return false;
  return std::equal(small.begin(), small.end(), at, [](char wanted, char c) { return lower(c) == wanted; });
}

const char* skip_space(const char* at, const char* end) {
  while (at < end && is_space(*at)) ++at;
  return at;
}

}  // namespace

/// At "<!"; false when it opened a CDATA section.
bool Tokenizer::read_declaration() {
  const char* at = at_ + 2;
  if (end_ - at >= 2 && at[0] == '-' && at[1] == '-') {
    read_comment(at + 2);
  } else if (starts_with(at, end_, "doctype")) {
    read_doctype(at + 7);
  } else if (cdata_ == Cdata::section && end_ - at >= 7 && std::memcmp(at, "[CDATA[", 7) == 0) {
    at_ = at + 7;
    enter(Content::cdata, last_start_tag_);
    if (at_ < raw_end_) {
      read_raw();
      return true;
    }
    if (at_ < end_) at_ += 3;
    content_ = Content::data;
    return false;
  } else {
    read_bogus_comment(at);
  }
  return true;
}

/// Line ends as "\n", nulls replaced.
std::string_view Tokenizer::cleaned_text(std::string_view raw) {
  const char* past = raw.data() + raw.size();
  if (find_any<'\r', '\0'>(raw.data(), past) == past) return raw;
  char* out = arena_.take(raw.size() * 3);
  char* to = out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\0') {
      to = std::copy_n(kReplacement, 3, to);
    } else if (raw[i] != '\r') {
      *to++ = raw[i];
    } else if (i + 1 == raw.size() || raw[i + 1] != '\n') {
      *to++ = '\n';
    }
  }
  return {out, static_cast<std::size_t>(to - out)};
}

void Tokenizer::give_comment(const char* begin, const char* end, const char* past) {
  token_.kind = TokenKind::comment;
  token_.source = {offset(at_), offset(past)};
  token_.comment = cleaned_text({begin, static_cast<std::size_t>(end - begin)});
  at_ = past;
}

void Tokenizer::read_bogus_comment(const char* begin) {
  const char* close = find_any<'>'>(begin, end_);
  give_comment(begin, close, close == end_ ? end_ : close + 1);
}

/// Behind "<!--".
void Tokenizer::read_comment(const char* begin) {
  if (begin < end_ && *begin == '>') return give_comment(begin, begin, begin + 1);
  if (end_ - begin >= 2 && begin[0] == '-' && begin[1] == '>') return give_comment(begin, begin, begin + 2);
  for (const char* at = find_any<'>'>(begin, end_); at < end_; at = find_any<'>'>(at + 1, end_)) {
    if (at - begin >= 2 && at[-1] == '-' && at[-2] == '-') return give_comment(begin, at - 2, at + 1);
    if (at - begin >= 3 && at[-1] == '!' && at[-2] == '-' && at[-3] == '-') return give_comment(begin, at - 3, at + 1);
  }
  // The page ends in the comment: dashes that may have begun its end are not part of it.
  const char* past = end_;
  if (past - begin >= 3 && past[-1] == '!' && past[-2] == '-' && past[-3] == '-') {
    past -= 3;
  } else {
    for (int dashes = 0; dashes < 2 && past > begin && past[-1] == '-'; ++dashes) --past;
  }
  give_comment(begin, past, end_);
}

/// At a quoted identifier; `at` goes behind it. False, with quirks, when it is not there or not whole.
bool Tokenizer::read_doctype_id(const char*& at, std::optional<std::string_view>& id) {
  if (at < end_ && (*at == '"' || *at == '\'')) {
    const char quote = *at;
    const char* begin = ++at;
    while (at < end_ && *at != quote && *at != '>') ++at;
    id = cleaned_text({begin, static_cast<std::size_t>(at - begin)});
    if (at < end_ && *at == quote) {
      ++at;
      return true;
    }
  }
  token_.forces_quirks = true;
  return false;
}

/// Behind the name; gives the place from which the rest is passed over.
const char* Tokenizer::read_doctype_ids(const char* at) {
  if (at < end_ && *at == '>') return at;
  const bool is_public = starts_with(at, end_, "public");
  if (!is_public && !starts_with(at, end_, "system")) {
    token_.forces_quirks = true;
    return at;
  }
  at = skip_space(at + 6, end_);
  if (is_public) {
    if (!read_doctype_id(at, token_.public_id)) return at;
    at = skip_space(at, end_);
    if (at < end_ && *at == '>') return at;
  }
  if (!read_doctype_id(at, token_.system_id)) return at;
  at = skip_space(at, end_);
  if (at == end_) token_.forces_quirks = true;
  return at;
}

/// Behind "<!doctype".
void Tokenizer::read_doctype(const char* at) {
  token_.kind = TokenKind::doctype;
  token_.forces_quirks = false;
  token_.doctype_name.reset();
  token_.public_id.reset();
  token_.system_id.reset();
  at = skip_space(at, end_);
  if (at < end_ && *at != '>') {
    const char* name = at;
    unsigned letters = 0;
    for (; at < end_ && !is_space(*at) && *at != '>'; ++at) letters |= letter(*at);
    token_.doctype_name = cleaned_name(name, at, letters);
    at = read_doctype_ids(skip_space(at, end_));
  } else {
    token_.forces_quirks = true;
  }
  const char* close = find_any<'>'>(at, end_);
  const char* past = close == end_ ? end_ : close + 1;
  token_.source = {offset(at_), offset(past)};
  at_ = past;
}

}  // namespace gavah::html
