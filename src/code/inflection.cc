#include "code/inflection.h"

#include <algorithm>
#include <array>
#include <set>

namespace gavah::code {
namespace {

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool ends_in_consonant_y(std::string_view word) {
  return word.size() > 1 && word.back() == 'y' && !is_vowel(word[word.size() - 2]);
}

std::string with_s(std::string_view word) {
  if (ends_in_consonant_y(word)) return std::string(word.substr(0, word.size() - 1)) + "ies";
  if (ends_with_any(word, {"s", "x", "z", "ch", "sh"})) return std::string(word) + "es";
  return std::string(word) + "s";
}

std::string joined(std::initializer_list<std::string_view> pieces) {
  std::string out;
  for (const auto piece : pieces) out.append(piece);
  return out;
}

constexpr std::string_view kAlef = "ا";
constexpr std::string_view kAlefMadda = "آ";

/// A stem after a prefix that ends in a consonant: «ن» + «آمد» is «نیامد».
std::string prefixed(std::string_view prefix, std::string_view stem) {
  if (stem.starts_with(kAlefMadda)) return joined({prefix, "یا", stem.substr(kAlefMadda.size())});
  if (stem.starts_with(kAlef)) return joined({prefix, "ی", stem});
  return joined({prefix, stem});
}

// Reports tell of what they, I or we did; nobody is told what they did themselves.
constexpr std::array<std::string_view, 4> kPastEndings{"", "ند", "م", "یم"};
constexpr std::array<std::string_view, 5> kPresentEndings{"د", "ند", "م", "یم", "ید"};

void add_past(std::vector<WordForm>& out, std::string_view past) {
  for (const auto ending : kPastEndings) {
    out.push_back({joined({past, ending}), VerbForm::past, false});
    out.push_back({prefixed("ن", past).append(ending), VerbForm::past, true});
    out.push_back({joined({"می ", past, ending}), VerbForm::past, false});
    out.push_back({joined({"نمی ", past, ending}), VerbForm::past, true});
  }
}

void add_perfect(std::vector<WordForm>& out, std::string_view past) {
  for (const auto ending : {"", " است", " اند", " بود", " بودند", " ام", " ایم", " باشد", " باشند"}) {
    const VerbForm form = *ending == '\0' ? VerbForm::participle : VerbForm::past;
    out.push_back({joined({past, "ه", ending}), form, false});
    out.push_back({prefixed("ن", past).append("ه").append(ending), form, true});
  }
  out.push_back({joined({past, "هاست"}), VerbForm::past, false});
}

void add_present(std::vector<WordForm>& out, std::string_view present) {
  // A stem in a vowel takes a glide before the ending: «آی» is «می آید»; «نما(ی)» is «می نماید».
  for (const auto ending : kPresentEndings) {
    out.push_back({joined({"می ", present, ending}), VerbForm::present, false});
    out.push_back({joined({"نمی ", present, ending}), VerbForm::present, true});
    out.push_back({joined({present, ending}), VerbForm::subjunctive, false});
    out.push_back({prefixed("ب", present).append(ending), VerbForm::subjunctive, false});
    out.push_back({prefixed("ن", present).append(ending), VerbForm::subjunctive, true});
  }
}

/// «نکردن», «می‌زدن», «میزد»: of the third persons, which reports tell of.
void add_spoken_past(std::vector<WordForm>& out, std::string_view past) {
  out.push_back({prefixed("ن", past).append("ن"), VerbForm::past, true});
  out.push_back({joined({"می ", past, "ن"}), VerbForm::past, false});
  for (const auto ending : {"", "ند", "ن"}) out.push_back({joined({"می", past, ending}), VerbForm::past, false});
}

/// «می‌کنه», «بکنن», «میکنند», «نمیکنن».
void add_spoken_present(std::vector<WordForm>& out, std::string_view present) {
  for (const auto ending : {"ه", "ن", "م", "یم"}) {
    out.push_back({joined({"می ", present, ending}), VerbForm::present, false});
    out.push_back({joined({"نمی ", present, ending}), VerbForm::present, true});
    out.push_back({prefixed("ب", present).append(ending), VerbForm::subjunctive, false});
  }
  for (const auto ending : {"د", "ند", "ه", "ن", "یم"}) {
    out.push_back({joined({"می", present, ending}), VerbForm::present, false});
    out.push_back({joined({"نمی", present, ending}), VerbForm::present, true});
  }
}

void add_future(std::vector<WordForm>& out, std::string_view past) {
  for (const auto ending : {"د", "ند", "یم", "م"}) {
    out.push_back({joined({"خواه", ending, " ", past}), VerbForm::future, false});
    out.push_back({joined({"نخواه", ending, " ", past}), VerbForm::future, true});
  }
}

}  // namespace

std::vector<WordForm> english_verb(std::string_view base, LastLetter last,
                                   const std::vector<IrregularVerb>& irregular) {
  for (const auto& verb : irregular) {
    if (verb.base != base) continue;
    return {{verb.base, VerbForm::base, false},
            {verb.present, VerbForm::present, false},
            {verb.past, VerbForm::past, false},
            {verb.participle, VerbForm::past, false},
            {verb.progressive, VerbForm::progressive, false}};
  }
  std::string past(base);
  std::string progressive(base);
  if (last == LastLetter::doubled) {
    past.append(1, base.back()).append("ed");
    progressive.append(1, base.back()).append("ing");
  } else if (base.ends_with("ie")) {
    past.append("d");
    progressive = std::string(base.substr(0, base.size() - 2)) + "ying";
  } else if (base.ends_with('e')) {
    past.append("d");
    progressive = std::string(base.substr(0, base.size() - 1)) + "ing";
  } else {
    if (ends_in_consonant_y(base)) {
      past = std::string(base.substr(0, base.size() - 1)) + "ied";
    } else {
      past.append("ed");
    }
    progressive.append("ing");
  }
  return {{std::string(base), VerbForm::base, false},
          {with_s(base), VerbForm::present, false},
          {past, VerbForm::past, false},
          {progressive, VerbForm::progressive, false}};
}

std::vector<WordForm> english_noun(std::string_view base) {
  return {{std::string(base), VerbForm::plain, false}, {with_s(base), VerbForm::plain, false}};
}

std::vector<WordForm> arabic_past(std::string_view third_person) {
  constexpr std::string_view kWeakEnding = "ى";
  std::string_view stem = third_person;
  if (stem.ends_with(kWeakEnding)) stem.remove_suffix(kWeakEnding.size());
  // «ضربو» is «ضربوا» before a pronoun, and as it is spoken; «خرجن» are women. «أوقفا» and «أوقفتا» are two; of a bare
  // stem «قاطعا» would also be a noun.
  std::vector<WordForm> out{{std::string(third_person), VerbForm::past, false}};
  const bool is_derived = third_person.starts_with("أ") || third_person.starts_with("ا");
  for (const std::string_view ending : {"ت", "وا", "و", "تا", "ن"})
    out.push_back({joined({stem, ending}), VerbForm::past, false});
  if (is_derived) out.push_back({joined({stem, "ا"}), VerbForm::past, false});
  return out;
}

std::vector<WordForm> arabic_present(std::string_view third_person) {
  constexpr std::string_view kYa = "ي";
  const std::string_view rest = third_person.starts_with(kYa) ? third_person.substr(kYa.size()) : third_person;
  std::vector<WordForm> out;
  for (const std::string_view person : {"ي", "ت"}) {
    for (const std::string_view ending : {"", "ون", "وا"}) {
      out.push_back({joined({person, rest, ending}), VerbForm::present, false});
      out.push_back({joined({"س", person, rest, ending}), VerbForm::future, false});
    }
  }
  // «نقاطع», «سنقاطع»: of what we do.
  out.push_back({joined({"ن", rest}), VerbForm::present, false});
  out.push_back({joined({"سن", rest}), VerbForm::future, false});
  return out;
}

std::vector<std::string> arabic_noun(std::string_view phrase) {
  constexpr std::array<std::string_view, 10> kParticles{"على", "عن", "في",   "من",  "إلى",
                                                        "بين", "مع", "أمام", "تحت", "لا"};
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at <= phrase.size();) {
    const std::size_t cut = std::min(phrase.find(' ', at), phrase.size());
    words.push_back(phrase.substr(at, cut - at));
    at = cut + 1;
  }
  const auto is_definite = [](std::string_view word) { return word.starts_with("ال") || word.starts_with("بال"); };
  std::string definite;
  std::string accusative;
  for (const auto word : words) {
    if (word.empty() || is_definite(word) || std::ranges::find(kParticles, word) != kParticles.end()) return {};
    const bool later = !definite.empty();
    definite.append(later ? " ال" : "").append(word);
    const bool takes_alef = !ends_with_any(word, {"ة", "ا", "ى", "ء", "ات", "ون", "ين", "ان"});
    accusative.append(later ? " " : "").append(word).append(takes_alef ? "ا" : "");
  }
  std::vector<std::string> out;
  if (definite != phrase) out.push_back(std::move(definite));
  if (accusative != phrase) out.push_back(std::move(accusative));
  // «محاكمته», «محاكمتهم», «مسيرتان»: before a pronoun and in the dual the feminine ending is a «ت».
  constexpr std::string_view kFeminine = "ة";
  constexpr std::array<std::string_view, 8> kAfterFeminine{"ته", "تها", "تهم", "تهما", "تهن", "تنا", "تان", "تين"};
  if (words.size() == 1 && phrase.ends_with(kFeminine)) {
    for (const auto ending : kAfterFeminine)
      out.push_back(joined({phrase.substr(0, phrase.size() - kFeminine.size()), ending}));
  }
  return out;
}

std::vector<WordForm> persian_told(std::string_view past) {
  std::vector<WordForm> out;
  // «گردیده» stands in «گردیده است» and «گردیده‌اند» too.
  for (const std::string_view ending : {"", "ند", "ه"}) out.push_back({joined({past, ending}), VerbForm::past, false});
  for (const std::string_view ending : {"", "ند"})
    out.push_back({prefixed("ن", past).append(ending), VerbForm::past, true});
  return out;
}

std::vector<WordForm> persian_verb(const PersianStems& stems) {
  std::vector<WordForm> out;
  add_past(out, stems.past);
  add_perfect(out, stems.past);
  add_present(out, stems.present);
  add_future(out, stems.past);
  out.push_back({joined({stems.past, "ن"}), VerbForm::infinitive, false});
  add_spoken_past(out, stems.past);
  add_spoken_present(out, stems.present);
  if (!stems.spoken_present.empty()) add_spoken_present(out, stems.spoken_present);
  if (!stems.spoken_past.empty()) {
    add_past(out, stems.spoken_past);
    add_perfect(out, stems.spoken_past);
    out.push_back({joined({stems.spoken_past, "ن"}), VerbForm::past, false});
    add_spoken_past(out, stems.spoken_past);
  }
  // Writing and speech share some: «میشد», «می‌شوم».
  std::set<std::string> seen;
  std::erase_if(out, [&](const WordForm& form) { return !seen.insert(form.text).second; });
  return out;
}

}  // namespace gavah::code
