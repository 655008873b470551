#include "times/persian_borders.h"

#include <algorithm>
#include <set>

namespace gavah::times {
namespace {

using Words = std::set<std::string_view>;

struct Marked {
  Span span;
  bool is_day = false;  ///< a time of a day or wider that has a place on the calendar
};

/// The word before or after a place in a text, where a space parts them.
struct Word {
  std::string_view text;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

Word word_before(std::string_view text, std::uint32_t at) {
  if (at == 0 || text[at - 1] != ' ') return {};
  const std::size_t space = at < 2 ? std::string_view::npos : text.rfind(' ', at - 2);
  const auto begin = space == std::string_view::npos ? 0 : static_cast<std::uint32_t>(space + 1);
  return {text.substr(begin, at - 1 - begin), begin, at - 1};
}

Word word_after(std::string_view text, std::uint32_t at) {
  if (at + 1 >= text.size() || text[at] != ' ') return {};
  const auto end = static_cast<std::uint32_t>(std::min(text.find(' ', at + 1), text.size()));
  return {text.substr(at + 1, end - at - 1), at + 1, end};
}

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

bool is_of_hours(std::string_view phrase) {
  static constexpr std::string_view kWords[] = {"ساعت", "دقیقه",  "دقيقه", "دقایق", "ثانیه", "صبح",
                                                "عصر",  "بامداد", "ظهر",   "غروب",  ":"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) { return has(phrase, word); });
}

void take_lead(std::string_view text, text::TimeKind kind, Span& span) {
  static const Words kLead{"از",
                           "تا",
                           "طی",
                           "طي",
                           "ظرف",
                           "راس",
                           "رأس",
                           "بعد",
                           "پس",
                           "قبل",
                           "پیش",
                           "بین",
                           "بين",
                           "حدود",
                           "لغایت",
                           "تاریخ",
                           "تاريخ",
                           "روز",
                           "روزهای",
                           "روزهاي",
                           "مبارک",
                           "سال",
                           "فصل",
                           "طول",
                           "مدت",
                           "های",
                           "ماه‌های",
                           "سال‌های",
                           "سال‌هاي",
                           "روز‌های",
                           "این",
                           "همین",
                           "همان",
                           "همون",
                           "شب",
                           "اوایل",
                           "اواسط",
                           "میانه",
                           "اواخر",
                           "شروع",
                           "ابتدای",
                           "پایان",
                           "آغاز",
                           "انتهای"};
  static const Words kUnits{"سال", "ماه", "هفته", "شب", "روز", "فصل"};
  static const Words kOutsideHours{"از", "طی", "طي"};
  const bool is_hour = kind == text::TimeKind::when && is_of_hours(text.substr(span.begin, span.size()));
  for (;;) {
    const Word word = word_before(text, span.begin);
    const bool is_so_long = word.text == "به" && text.substr(span.begin, span.size()).starts_with("مدت");
    const std::string_view inner = text.substr(span.begin, span.size());
    const bool is_in_unit = word.text == "در" && (kUnits.contains(inner) || has(inner, " ") || has(inner, "\u200c"));
    if (!kLead.contains(word.text) && !is_so_long && !is_in_unit) return;
    const bool says_hour = text.substr(span.begin, span.size()).starts_with("ساعت");
    if (is_hour && !says_hour && kOutsideHours.contains(word.text)) return;
    span.begin = word.begin;
  }
}

void take_trail(std::string_view text, Span& span) {
  static const Words kTrail{"بعد",    "دیگر", "ديگر",  "دیگه", "دیگری",   "قبل",  "پیش",  "آینده", "میلادی",
                            "ميلادي", "شمسی", "یکبار", "های",  "خورشيدي", "هجری", "قمری", "ای",    "ها"};
  for (;;) {
    const Word word = word_after(text, span.end);
    if (kTrail.contains(word.text)) {
      span.end = word.end;
      continue;
    }
    // «ده دقیقه به», «پنج دقیقه تا»: what the minutes are counted to.
    const std::string_view inner = text.substr(span.begin, span.size());
    if ((inner.ends_with("دقیقه") || inner.ends_with("دقيقه")) &&
        (word.text == "به" || word.text == "تا" || word.text == "از")) {
      span.end = word.end;
      return;
    }
    // «به وقت تهران».
    const Word next = word.text == "به" ? word_after(text, word.end) : Word{};
    const Word zone = next.text == "وقت" ? word_after(text, next.end) : Word{};
    if (zone.text.empty()) return;
    span.end = zone.end;
  }
}

/// What lies between two spans that are one.
bool are_one(std::string_view text, const Marked& a, const Marked& b) {
  if (b.span.begin <= a.span.end + 1) return true;
  const std::string_view between = text.substr(a.span.end, b.span.begin - a.span.end);
  if (between == " تا " || between == " الی " || between == " لغایت ") return true;
  return (between == " و " || between == " در ") && a.is_day && b.is_day;
}

/// Not a number alone: of the letters of Persian all but the digits begin with bytes from D8 to DA, digits with DB.
bool says_words(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xD8 || byte == 0xD9 || byte == 0xDA;
  });
}

/// The parts of a mention before and after «مورخ», and those that a mark parts: «جمعه، ۲۸ آبان». Days of a list are
/// one.
std::vector<Span> cut_at_marks(std::string_view text, Span span) {
  static constexpr std::string_view kMarks[] = {" مورخ ", " ، ", "، ", " , ", " ( ", " - "};
  const std::string_view inner = text.substr(span.begin, span.size());
  for (const std::string_view mark : kMarks) {
    const std::size_t at = inner.find(mark);
    if (at == std::string_view::npos) continue;
    if (!says_words(inner.substr(0, at)) || !says_words(inner.substr(at + mark.size()))) continue;
    const auto cut = static_cast<std::uint32_t>(span.begin + at);
    std::vector<Span> out{{span.begin, cut}};
    for (const Span& rest : cut_at_marks(text, {static_cast<std::uint32_t>(cut + mark.size()), span.end}))
      out.push_back(rest);
    return out;
  }
  return {span};
}

}  // namespace

std::vector<Span> as_annotated(std::string_view text, const std::vector<text::TimeMention>& mentions) {
  std::vector<Marked> marked;
  for (const text::TimeMention& mention : mentions) {
    const bool is_when = mention.kind == text::TimeKind::when;
    for (Span span : cut_at_marks(text, *mention.time.span)) {
      const bool is_of_hour = is_of_hours(text.substr(span.begin, span.size()));
      take_lead(text, mention.kind, span);
      take_trail(text, span);
      const Marked one{span, is_when && !is_of_hour};
      if (!marked.empty() && are_one(text, marked.back(), one)) {
        marked.back().span.end = std::max(marked.back().span.end, one.span.end);
        marked.back().is_day = marked.back().is_day && one.is_day;
      } else {
        marked.push_back(one);
      }
    }
  }
  std::vector<Span> out;
  for (const Marked& one : marked) out.push_back(one.span);
  return out;
}

}  // namespace gavah::times
