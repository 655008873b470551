#include "html/tokenizer.h"

#include <algorithm>
#include <cstring>

#include "html/byte_scan.h"
#include "html/letters.h"
#include "html/raw_text_end.h"
#include "html/tags.h"

namespace gavah::html {

Tokenizer::Tokenizer(std::string_view page, TextArena& arena, std::vector<Attribute>& attributes)
    : begin_(page.data()), at_(begin_), end_(begin_ + page.size()), arena_(arena), attributes_(attributes) {}

const Token& Tokenizer::next() {
  if (content_ == Content::data) {
    read_data();
  } else {
    read_raw();
  }
  return token_;
}

void Tokenizer::enter(Content content, std::string_view last_start_tag) {
  content_ = content;
  last_start_tag_ = last_start_tag;
  switch (content) {
    case Content::data:
      break;
    case Content::rcdata:
    case Content::rawtext:
      raw_end_ = find_end_tag(at_, end_, last_start_tag);
      break;
    case Content::script:
      raw_end_ = find_script_end(at_, end_, last_start_tag);
      break;
    case Content::plaintext:
      raw_end_ = end_;
      break;
    case Content::cdata: {
      const std::size_t close = std::string_view(at_, static_cast<std::size_t>(end_ - at_)).find("]]>");
      raw_end_ = close == std::string_view::npos ? end_ : at_ + close;
      break;
    }
  }
}

void Tokenizer::give_copied(const char* past) {
  token_.kind = TokenKind::text;
  token_.text.source = {offset(at_), offset(past)};
  token_.text.is_copied = true;
  token_.text.copied = at_;
  at_ = past;
}

void Tokenizer::give_decoded(std::string_view text, std::size_t source_size) {
  token_.kind = TokenKind::text;
  token_.text.source = {offset(at_), offset(at_ + source_size)};
  token_.text.is_copied = false;
  token_.text.size = static_cast<std::uint8_t>(text.size());
  text.copy(token_.text.decoded.data(), text.size());
  at_ += source_size;
}

void Tokenizer::give_line_end() { give_decoded("\n", end_ - at_ > 1 && at_[1] == '\n' ? 2 : 1); }

void Tokenizer::read_data() {
  while (at_ < end_) {
    switch (*at_) {
      case '<':
        if (read_markup()) return;
        break;
      case '&': {
        const CharacterReference found =
            read_reference({at_, static_cast<std::size_t>(end_ - at_)}, ReferencePlace::text);
        if (found.source_size > 0) return give_decoded(found.view(), found.source_size);
        return give_copied(find_any<'<', '&', '\r', '\0'>(at_ + 1, end_));
      }
      case '\r':
        return give_line_end();
      case '\0':
        return give_decoded(std::string_view("\0", 1), 1);
      default:
        return give_copied(find_any<'<', '&', '\r', '\0'>(at_ + 1, end_));
    }
  }
  token_.kind = TokenKind::end;
  token_.source = {offset(end_), offset(end_)};
}

void Tokenizer::read_raw() {
  if (at_ < raw_end_) {
    const bool has_references = content_ == Content::rcdata;
    if (*at_ == '\r') return give_line_end();
    // Section 13.2.6.5 replaces the nulls of CDATA sections, which keep them until then.
    if (*at_ == '\0') return give_decoded(content_ == Content::cdata ? std::string_view("\0", 1) : kReplacement, 1);
    if (has_references && *at_ == '&') {
      const CharacterReference found =
          read_reference({at_, static_cast<std::size_t>(raw_end_ - at_)}, ReferencePlace::text);
      if (found.source_size > 0) return give_decoded(found.view(), found.source_size);
    }
    return give_copied(has_references ? find_any<'&', '\r', '\0'>(at_ + 1, raw_end_)
                                      : find_any<'\r', '\0'>(at_ + 1, raw_end_));
  }
  if (content_ == Content::cdata && at_ < end_) at_ += 3;
  content_ = Content::data;
  read_data();
}

/// At '<': true when it made a token; false when it was passed over without one.
bool Tokenizer::read_markup() {
  const char* next = at_ + 1;
  if (next == end_) {
    give_copied(end_);
    return true;
  }
  if (is_alpha(*next)) return read_tag(TokenKind::start_tag, next);
  if (*next == '!') return read_declaration();
  if (*next == '?') {
    read_bogus_comment(next);
    return true;
  }
  if (*next == '/' && next + 1 < end_) {
    if (is_alpha(next[1])) return read_tag(TokenKind::end_tag, next + 1);
    if (next[1] == '>') {
      at_ = next + 2;
      return false;
    }
    read_bogus_comment(next + 1);
    return true;
  }
  give_copied(find_any<'<', '&', '\r', '\0'>(next, end_));
  return true;
}

bool Tokenizer::is_duplicate(std::string_view name) {
  constexpr std::size_t kFew = 16;
  const std::size_t count = attributes_.size() - kept_from_;
  const auto is_same = [&](std::size_t index) { return attributes_[index].name == name; };
  if (count < kFew) {
    for (std::size_t i = kept_from_; i < attributes_.size(); ++i) {
      if (is_same(i)) return true;
    }
    return false;
  }
  // Twice as many slots as attributes; those of tags before are told by their number.
  constexpr std::size_t kSlots = kAttributesPerTag * 2;
  const auto slot_of = [](std::string_view text) { return std::hash<std::string_view>()(text) % kSlots; };
  const auto put = [&](std::size_t slot, std::size_t index) {
    while (name_slots_[slot] >> 32U == many_tags_) slot = (slot + 1) % kSlots;
    name_slots_[slot] = (std::uint64_t{many_tags_} << 32U) | (index - kept_from_);
  };
  if (count == kFew) {
    name_slots_.resize(kSlots);
    ++many_tags_;
    for (std::size_t i = kept_from_; i < attributes_.size(); ++i) put(slot_of(attributes_[i].name), i);
  }
  std::size_t slot = slot_of(name);
  for (; name_slots_[slot] >> 32U == many_tags_; slot = (slot + 1) % kSlots) {
    if (is_same(kept_from_ + (name_slots_[slot] & 0xFFFFFFFFU))) return true;
  }
  put(slot, attributes_.size());
  return false;
}

/// At the first letter of the name; false when the page ends inside of the tag, which is then no tag.
bool Tokenizer::read_tag(TokenKind kind, const char* name) {
  unsigned letters = 0;
  const char* at = past_name<kEndsName>(name, end_, letters);
  token_.name = cleaned_name(name, at, letters);
  token_.is_self_closing = false;
  kept_from_ = attributes_.size();
  while (true) {
    while (at < end_ && is_space(*at)) ++at;
    if (at >= end_) break;
    if (*at == '>') {
      token_.kind = kind;
      token_.tag = tag_from(token_.name);
      token_.source = {offset(at_), offset(at + 1)};
      token_.first_attribute = kept_from_;
      at_ = at + 1;
      if (kind == TokenKind::start_tag) {
        last_start_tag_ = token_.name;
      } else {
        attributes_.resize(kept_from_);
      }
      return true;
    }
    token_.is_self_closing = *at == '/' && at + 1 < end_ && at[1] == '>';
    at = *at == '/' ? at + 1 : read_attribute(at);
  }
  attributes_.resize(kept_from_);
  at_ = end_;
  return false;
}

/// Gives the place behind the attribute; the end of the page when that comes first.
const char* Tokenizer::read_attribute(const char* at) {
  const char* name = at;
  unsigned letters = letter(*at) & (kUpper | kNull);
  // An '=' that begins a name belongs to it.
  at = past_name<kEndsAttributeName>(at + 1, end_, letters);
  const bool has_room = attributes_.size() - kept_from_ < kAttributesPerTag;
  Attribute attribute;
  attribute.name = cleaned_name(name, at, letters);
  const bool is_kept = has_room && !is_duplicate(attribute.name);
  const char* value = at;
  while (value < end_ && is_space(*value)) ++value;
  if (value < end_ && *value == '=') {
    for (++value; value < end_ && is_space(*value);) ++value;
    at = read_value(value, attribute);
  }
  if (is_kept) attributes_.push_back(attribute);
  return at;
}

/// Behind '=' and white space.
const char* Tokenizer::read_value(const char* at, Attribute& out) {
  if (at == end_ || *at == '>') return at;
  const char quote = *at;
  const char* begin = at;
  const char* past = nullptr;
  bool is_plain = true;
  if (quote == '"' || quote == '\'') {
    ++begin;
    at = quote == '"' ? find_any<'"', '&', '\r', '\0'>(begin, end_) : find_any<'\'', '&', '\r', '\0'>(begin, end_);
    is_plain = at == end_ || *at == quote;
    if (!is_plain) {
      const void* close = std::memchr(at, quote, static_cast<std::size_t>(end_ - at));
      at = close == nullptr ? end_ : static_cast<const char*>(close);
    }
    if (at == end_) return end_;
    past = at + 1;
  } else {
    for (; at < end_ && (letter(*at) & kEndsValue) == 0; ++at) is_plain = is_plain && *at != '&' && *at != '\0';
    past = at;
  }
  const std::string_view raw(begin, static_cast<std::size_t>(at - begin));
  out.value = is_plain ? raw : decoded_value(raw);
  out.source = {offset(quote == '"' || quote == '\'' ? begin - 1 : begin), offset(past)};
  return past;
}

/// Lower case, nulls replaced; a view of the page when there was nothing to do.
std::string_view Tokenizer::cleaned_name(const char* begin, const char* end, unsigned letters) {
  const std::string_view raw(begin, static_cast<std::size_t>(end - begin));
  if ((letters & (kUpper | kNull)) == 0) return raw;
  const auto nulls = static_cast<std::size_t>(std::count(begin, end, '\0'));
  char* out = arena_.take(raw.size() + 2 * nulls);
  char* to = out;
  for (const char c : raw) {
    if (c == '\0') {
      to = std::copy_n(kReplacement, 3, to);
    } else {
      *to++ = lower(c);
    }
  }
  return {out, static_cast<std::size_t>(to - out)};
}

std::string_view Tokenizer::decoded_value(std::string_view raw) {
  // A null becomes three bytes; a reference of two characters can be one byte longer than it was.
  char* out = arena_.take(raw.size() * 3);
  char* to = out;
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at];
    if (c == '&') {
      const CharacterReference found = read_reference(raw.substr(at), ReferencePlace::attribute);
      if (found.source_size > 0) {
        to = std::copy_n(found.text.data(), found.text_size, to);
        at += found.source_size;
        continue;
      }
    }
    if (c == '\0') {
      to = std::copy_n(kReplacement, 3, to);
    } else if (c != '\r') {
      *to++ = c;
    } else if (at + 1 == raw.size() || raw[at + 1] != '\n') {
      *to++ = '\n';
    }
    ++at;
  }
  return {out, static_cast<std::size_t>(to - out)};
}

}  // namespace gavah::html
