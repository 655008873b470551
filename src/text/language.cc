#include "text/language.h"

// CLD2's header uses printf types without including them.
#include <cld2/public/compact_lang_det.h>

#include <array>
#include <cstdio>
#include <string>

#include "base/byte_search.h"
#include "base/utf8.h"
#include "text/letter_weights.h"

namespace gavah::text {
namespace {

constexpr std::size_t kReadBytes = 4 * 1024;
/// CLD2 is believed when it calls itself reliable, or on texts at least this long.
constexpr std::size_t kTrustedBytes = 200;
constexpr std::size_t kSentenceBytes = 60;

/// How often the letters of one language and of no near one occur.
struct LetterCounts {
  std::size_t latin = 0;
  std::size_t arabic_script = 0;
  std::size_t hebrew = 0;
  std::size_t other = 0;
  std::size_t persian = 0;       // پ چ ژ گ, which Arabic lacks
  std::size_t arabic = 0;        // letters that Persian lacks
  std::size_t persian_keys = 0;  // ک ی as Persian keyboards write them
  std::size_t arabic_keys = 0;   // ك ي, which Persian text on old systems has too
  std::size_t urdu = 0;
  std::size_t kurdish = 0;
  std::size_t pashto = 0;
  std::size_t plain_heh = 0;  // ه, which Urdu does not write
  std::size_t turkish = 0;    // ı ğ İ, of Azerbaijani too
  std::size_t schwa = 0;      // ə
};

bool is_one_of(char32_t letter, std::u32string_view set) { return set.find(letter) != std::u32string_view::npos; }

void count_arabic_script(LetterCounts& counts, char32_t letter) {
  ++counts.arabic_script;
  if (is_one_of(letter, U"پچژگ")) ++counts.persian;
  if (is_one_of(letter, U"کی")) ++counts.persian_keys;
  if (is_one_of(letter, U"كي")) ++counts.arabic_keys;
  if (is_one_of(letter, U"ةىأإؤ")) ++counts.arabic;
  if (is_one_of(letter, U"ٹڈڑںےھہ")) ++counts.urdu;
  if (is_one_of(letter, U"ێۆڵڕڤە")) ++counts.kurdish;
  if (is_one_of(letter, U"ټډړږښځڅېۍ")) ++counts.pashto;
  if (letter == U'ه') ++counts.plain_heh;
}

LetterCounts count_letters(std::string_view text) {
  LetterCounts counts;
  counts.latin = count_ascii_letters(text);
  for (std::size_t at = past_ascii(text, 0); at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.size_bytes;
    const char32_t c = point.value;
    if (c < 0x80) {
      at = past_ascii(text, at);
    } else if ((c >= 0x620 && c <= 0x64A) || (c >= 0x671 && c <= 0x6D5)) {
      count_arabic_script(counts, c);
    } else if (c >= 0x5D0 && c <= 0x5EA) {
      ++counts.hebrew;
    } else if (c >= 0xC0 && c < 0x2000 && (c < 0x64B || c > 0x6FF)) {
      ++counts.other;
      if (is_one_of(c, U"ıİğĞ")) ++counts.turkish;
      if (is_one_of(c, U"əƏ")) ++counts.schwa;
    }
  }
  return counts;
}

/// Nothing where the letters do not decide.
std::string_view by_letters(const LetterCounts& counts) {
  if (counts.hebrew > counts.latin + counts.arabic_script) return "he";
  if (counts.arabic_script <= counts.latin || counts.arabic_script == 0) return {};
  if (counts.kurdish * 12 > counts.arabic_script) return "ku";
  if (counts.pashto * 12 > counts.arabic_script) return "ps";
  if (counts.urdu * 12 > counts.arabic_script) return "ur";
  if (counts.persian != counts.arabic) return counts.persian > counts.arabic ? "fa" : "ar";
  if (counts.persian_keys != counts.arabic_keys) return counts.persian_keys > counts.arabic_keys ? "fa" : "ar";
  return {};
}

/// Where no letter decides alone: all of them together. Persian comes more often than Urdu, and a short text without
/// Persian letters is Arabic rather than not.
std::string_view by_weights(const LetterCounts& counts, std::string_view letters, std::string_view text) {
  constexpr int kUrduIsRare = 12;
  constexpr int kArabicIsPlain = 6;
  const bool may_be_urdu = counts.plain_heh == 0;
  if (!letters.empty() && (letters != "fa" || !may_be_urdu)) return letters;
  LetterScore score = letter_score(text);
  if (score.persian == 0 && score.arabic == 0 && score.urdu == 0) return letters.empty() ? "und" : letters;
  score.urdu -= kUrduIsRare;
  score.arabic += kArabicIsPlain;
  if (letters == "fa") return score.persian >= score.urdu ? "fa" : "ur";
  if (may_be_urdu && score.urdu > score.persian && score.urdu > score.arabic) return "ur";
  return score.persian >= score.arabic ? "fa" : "ar";
}

/// CLD2's code for the text's head, where that is in one language beyond doubt; else empty.
std::string_view code_of_head(std::string_view text) {
  constexpr std::size_t kHeadBytes = 1024;
  constexpr int kPlainPercent = 97;
  const std::string_view head = utf8_prefix(text, kHeadBytes);
  if (head.size() == text.size()) return {};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  int size_bytes = 0;
  bool reliable = false;
  const CLD2::Language language = CLD2::DetectLanguageSummary(
      head.data(), static_cast<int>(head.size()), true, languages.data(), percents.data(), &size_bytes, &reliable);
  const bool is_plain = reliable && language == languages[0] && percents[0] >= kPlainPercent;
  return is_plain && language != CLD2::UNKNOWN_LANGUAGE ? CLD2::LanguageCode(language) : std::string_view();
}

std::string_view by_cld2(std::string_view text, std::string_view fallback) {
  std::string_view code = code_of_head(text);
  if (code.empty()) {
    bool reliable = false;
    code = CLD2::LanguageCode(CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), true, &reliable));
    if (code == "un" || (!reliable && text.size() < kTrustedBytes && !fallback.empty())) return fallback;
  }
  if (code == "iw") return "he";
  if (code == "ckb") return "ku";
  return code == "un" ? fallback : code;
}

}  // namespace

std::string_view detect_language(std::string_view text) {
  const std::string_view read = utf8_prefix(text, kReadBytes);
  const LetterCounts counts = count_letters(read);
  if (counts.latin + counts.arabic_script + counts.hebrew + counts.other == 0) return "und";
  const std::string_view letters = by_letters(counts);
  // CLD2 reads beyond its tables on bytes that are not UTF-8.
  if (!is_utf8(read)) return letters.empty() ? "und" : letters;
  if (counts.arabic_script > counts.latin + counts.other) {
    if (letters == "ku" || letters == "ps") return letters;  // CLD2 takes them for their neighbours
    if (read.size() >= kSentenceBytes) {
      // Letters and CLD2 fail on different texts; on whole sentences CLD2 is the better judge.
      const std::string_view code = by_cld2(read, letters);
      if (code == "fa" || code == "ar" || code == "ur" || code == "ku" || code == "ps") return code;
    }
    return by_weights(counts, letters, read);
  }
  const std::string_view code = by_cld2(read, letters);
  // CLD2 calls what it does not know English.
  if (code == "en" && counts.schwa > 0) return "az";
  if (code == "en" && counts.turkish > 0) return "tr";
  return code.empty() ? "und" : code;
}

}  // namespace gavah::text
