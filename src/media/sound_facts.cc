#include "media/sound_facts.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/charset.h"

namespace gavah::media {
namespace {

constexpr std::uint32_t kMaxFrames = 2000;     // a tag has some dozens
constexpr std::size_t kMaxTextBytes = 64'000;  // of a frame: lyrics; a value is cut far below
constexpr std::size_t kHeadBytes = 10;
constexpr std::size_t kOldTagBytes = 128;  // ID3 1

std::size_t number(std::string_view bytes) {
  std::size_t out = 0;
  for (const char c : bytes) out = out << 8U | static_cast<unsigned char>(c);
  return out;
}

/// Seven bits a byte (ID3 2.4, 6.2).
std::size_t safe_number(std::string_view bytes) {
  std::size_t out = 0;
  for (const char c : bytes) out = out << 7U | (static_cast<unsigned char>(c) & 0x7FU);
  return out;
}

std::string without_guards(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out.push_back(bytes[i]);
    if (bytes[i] == '\xFF' && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++i;
  }
  return out;
}

std::string_view fact_of(std::string_view id) {
  struct Word {
    std::string_view id;
    std::string_view fact;
  };
  constexpr auto kWords = std::to_array<Word>({{"TIT2", "title"},
                                               {"TT2", "title"},
                                               {"TPE1", "author"},
                                               {"TP1", "author"},
                                               {"TCOP", "credit"},
                                               {"TCR", "credit"},
                                               {"TSSE", "software"},
                                               {"TSS", "software"},
                                               {"TENC", "software"},
                                               {"TEN", "software"},
                                               {"TLEN", "duration_ms"},
                                               {"TLE", "duration_ms"},
                                               {"TDRC", "recorded"},
                                               {"TYER", "recorded"},
                                               {"TYE", "recorded"},
                                               {"COMM", "caption"},
                                               {"COM", "caption"}});
  const auto found = std::ranges::find(kWords, id, &Word::id);
  return found == kWords.end() ? std::string_view() : found->fact;
}

/// Words in the encoding that their frame names. What names Latin-1 is often what the computer had.
std::string words_of(char encoding, std::string_view bytes) {
  bytes = bytes.substr(0, std::min(bytes.size(), kMaxTextBytes));
  if (encoding == '\0') {
    bytes = bytes.substr(0, bytes.find('\0'));
    return to_utf8(bytes, {}).text;
  }
  const std::string_view charset = encoding == '\1' ? "utf-16le" : encoding == '\2' ? "utf-16be" : "utf-8";
  const bool is_wide = encoding == '\1' || encoding == '\2';
  const auto read = transcode(bytes.substr(0, is_wide ? bytes.size() / 2 * 2 : bytes.size()), charset);
  return read ? read->text : std::string();
}

/// Behind the language and the short description of a comment; nothing for what programs note there.
std::string_view comment_in(std::string_view body) {
  constexpr std::size_t kLanguageBytes = 3;
  const bool is_wide = body[0] == '\1' || body[0] == '\2';
  const std::string_view rest = body.substr(std::min(body.size(), 1 + kLanguageBytes));
  std::size_t end = 0;
  const std::size_t unit = is_wide ? 2 : 1;
  while (end + unit <= rest.size() && number(rest.substr(end, unit)) != 0) end += unit;
  const std::string_view description = rest.substr(0, end);
  const std::string words = words_of(body[0], description);
  if (words.starts_with("iTun") || words.find(":iTun") != std::string::npos) return {};
  return rest.substr(std::min(end + unit, rest.size()));
}

class TagReader {
 public:
  Facts read(std::string_view bytes) {
    version_ = bytes[3];
    flags_ = static_cast<unsigned char>(bytes[5]);
    const std::size_t size = safe_number(bytes.substr(6, 4));
    std::string_view tag = bytes.substr(kHeadBytes, size);
    std::string plain;
    if (is_guarded() && version_ < 4) {
      plain = without_guards(tag);
      tag = plain;
    }
    if ((flags_ & 0x40U) != 0 && version_ >= 3 && tag.size() >= 4) {
      const std::size_t extended = version_ == 3 ? number(tag.substr(0, 4)) + 4 : safe_number(tag.substr(0, 4));
      tag.remove_prefix(std::min(extended, tag.size()));
    }
    frames(tag);
    return std::move(out_);
  }

 private:
  bool is_guarded() const { return (flags_ & 0x80U) != 0; }
  std::size_t name_bytes() const { return version_ == 2 ? 3 : 4; }
  std::size_t head_bytes() const { return version_ == 2 ? 6 : kHeadBytes; }

  bool is_name(std::string_view name) const {
    return name.size() == name_bytes() &&
           std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  }

  /// Whether a frame, padding or the end may stand there.
  bool may_follow(std::string_view tag, std::size_t at) const {
    if (at >= tag.size()) return at == tag.size();
    return tag[at] == '\0' || is_name(tag.substr(at, name_bytes()));
  }

  /// Version 2.4 says seven bits a byte; some programs write eight all the same.
  std::size_t frame_size(std::string_view tag) const {
    const std::string_view field = tag.substr(name_bytes(), version_ == 2 ? 3 : 4);
    if (version_ < 4) return number(field);
    const std::size_t safe = safe_number(field);
    if (safe == number(field) || may_follow(tag, kHeadBytes + safe)) return safe;
    return may_follow(tag, kHeadBytes + number(field)) ? number(field) : safe;
  }

  void frames(std::string_view tag) {
    for (std::uint32_t i = 0; i < kMaxFrames && tag.size() > head_bytes(); ++i) {
      const std::string_view name = tag.substr(0, name_bytes());
      if (!is_name(name)) return;
      const std::size_t size = frame_size(tag);
      if (size > tag.size() - head_bytes()) return;
      const std::string_view body = tag.substr(head_bytes(), size);
      const unsigned form = version_ == 2 ? 0 : static_cast<unsigned char>(tag[9]);
      if (!fact_of(name).empty()) frame(name, body, form);
      tag.remove_prefix(head_bytes() + size);
    }
  }

  void frame(std::string_view name, std::string_view body, unsigned form) {
    const bool is_packed = (form & (version_ == 3 ? 0xC0U : 0x0CU)) != 0;
    if (is_packed) return;
    std::size_t before = (form & (version_ == 3 ? 0x20U : 0x40U)) != 0 ? 1 : 0;
    if (version_ == 4 && (form & 0x01U) != 0) before += 4;
    body.remove_prefix(std::min(before, body.size()));
    std::string plain;
    if (version_ == 4 && ((form & 0x02U) != 0 || is_guarded())) {
      plain = without_guards(body);
      body = plain;
    }
    if (body.size() < 2) return;
    const std::string_view text = name.starts_with("COM") ? comment_in(body) : body.substr(1);
    put(fact_of(name), words_of(body[0], text));
  }

  void put(std::string_view fact, std::string words) {
    words.resize(std::min(words.find('\0'), words.size()));  // of several values the first
    const bool is_number = std::ranges::all_of(words, [](char c) { return c >= '0' && c <= '9'; });
    if (words.empty() || (fact == "duration_ms" && !is_number)) return;
    out_.try_emplace(std::string(fact), std::move(words));
  }

  Facts out_;
  char version_ = 0;
  unsigned flags_ = 0;
};

Facts old_tag(std::string_view bytes) {
  struct Field {
    std::string_view fact;
    std::size_t begin;
    std::size_t size;
  };
  constexpr auto kFields =
      std::to_array<Field>({{"title", 3, 30}, {"author", 33, 30}, {"recorded", 93, 4}, {"caption", 97, 30}});
  Facts out;
  const std::string_view tag = bytes.substr(bytes.size() - kOldTagBytes);
  for (const Field& field : kFields) {
    std::string words = words_of('\0', tag.substr(field.begin, field.size));
    if (!words.empty()) out[std::string(field.fact)] = std::move(words);
  }
  return out;
}

}  // namespace

Facts sound_facts(std::string_view bytes) {
  const bool has_tag = bytes.size() > kHeadBytes && bytes.starts_with("ID3") && bytes[3] >= 2 && bytes[3] <= 4;
  Facts out = has_tag ? TagReader().read(bytes) : Facts();
  const bool is_sound = has_tag || (bytes.size() > kOldTagBytes && bytes[0] == '\xFF' && (bytes[1] & '\xE0') == '\xE0');
  const bool has_old_tag =
      is_sound && bytes.size() > kOldTagBytes && bytes.substr(bytes.size() - kOldTagBytes).starts_with("TAG");
  if (has_old_tag) out.merge(old_tag(bytes));
  return out;
}

}  // namespace gavah::media
