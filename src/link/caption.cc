#include "link/caption.h"

#include <algorithm>
#include <array>

#include "link/link.h"
#include "link/shingle.h"
#include "text/text.h"

namespace gavah::link {
namespace {

// Folded as text::fold does, sorted by hand into calendars and weeks.
constexpr auto kDateWords = std::to_array<std::string_view>({
    "january",  "february", "march",    "april",  "may",     "june",    "july",     "august",    "september",
    "october",  "november", "december", "jan",    "feb",     "mar",     "apr",      "jun",       "jul",
    "aug",      "sep",      "sept",     "oct",    "nov",     "dec",     "monday",   "tuesday",   "wednesday",
    "thursday", "friday",   "saturday", "sunday", "today",   "tonight", "now",      "yesterday", "فروردین",
    "اردیبهشت", "خرداد",    "تیر",      "مرداد",  "شهریور",  "مهر",     "ابان",     "اذر",       "دی",
    "بهمن",     "اسفند",    "شنبه",     "یکشنبه", "دوشنبه",  "سه",      "چهارشنبه", "پنجشنبه",   "جمعه",
    "امروز",    "امشب",     "دیروز",    "دیشب",   "ماه",     "ژانویه",  "فوریه",    "مارس",      "اوریل",
    "مه",       "ژوین",     "جولای",    "اوت",    "سپتامبر", "اکتبر",   "نوامبر",   "دسامبر",
});

}  // namespace

std::optional<std::uint64_t> caption_hash(std::string_view caption) {
  const text::Folded folded = text::fold(caption);
  std::uint64_t hash = 0;
  std::uint32_t words = 0;
  for (const text::Token& token : text::tokenize(folded)) {
    if (token.kind != text::TokenKind::word) continue;
    const std::string_view word = folded.text().substr(token.folded.begin, token.folded.size());
    if (std::ranges::find(kDateWords, word) != kDateWords.end()) continue;
    hash = chained_hash(hash, word_hash(word));
    ++words;
  }
  if (words < kCaptionWords) return std::nullopt;
  return hash;
}

}  // namespace gavah::link
