#include <algorithm>

#include "code/lexicon.h"

namespace gavah::code {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const auto cut = text.find(separator);
    out.push_back(text.substr(0, cut));
    if (cut == std::string_view::npos) return out;
    text.remove_prefix(cut + 1);
  }
}

std::unexpected<Error> bad_pattern(std::string_view pattern, std::string_view why) {
  return fail(ErrorCode::invalid_input, std::string("pattern '").append(pattern).append("': ").append(why));
}

Result<std::vector<WordForm>> verb_forms(std::string_view stem, std::string_view mark, const PatternGrammar& grammar) {
  if (grammar.tongue == Tongue::english) {
    return english_verb(stem, mark == "vv" ? LastLetter::doubled : LastLetter::single, grammar.irregular);
  }
  if (grammar.tongue == Tongue::arabic) return mark == "p" ? arabic_present(stem) : arabic_past(stem);
  const auto found = grammar.persian_verbs.find(std::string(stem));
  if (found == grammar.persian_verbs.end() || found->second.forms.empty())
    return bad_pattern(stem, "the stem is not in verbs.tsv");
  return found->second.forms;
}

/// Where a token stands in its phrase.
enum class Place : std::uint8_t { first, later };

/// All forms of one place of the pattern: "a/b~v".
Result<std::vector<PatternForm>> token_forms(std::string_view token, const PatternGrammar& grammar, Place place) {
  std::vector<PatternForm> out;
  for (const auto alternative : split(token, '/')) {
    const auto tilde = alternative.find('~');
    const auto stem = alternative.substr(0, tilde);
    if (stem.empty()) return bad_pattern(token, "an alternative is empty");
    if (tilde == std::string_view::npos) {
      out.push_back({.text = std::string(stem)});
      continue;
    }
    if (grammar.inflection == Inflection::none)
      return bad_pattern(token, "this language has no forms that ~ could make: write each form, parted by /");
    const auto mark = alternative.substr(tilde + 1);
    if (mark == "v" || mark == "vv" || (mark == "p" && grammar.tongue == Tongue::arabic)) {
      GAVAH_ASSIGN(const auto forms, verb_forms(stem, mark, grammar));
      for (const auto& form : forms) out.push_back({form.text, form.form, form.negative, false, true});
      const auto verb = grammar.persian_verbs.find(std::string(stem));
      if (place == Place::first || verb == grammar.persian_verbs.end()) continue;
      for (const auto& form : verb->second.twins) out.push_back({form.text, form.form, form.negative, false, true});
    } else if (mark == "n" && grammar.tongue == Tongue::english) {
      const auto forms = english_noun(stem);
      for (std::size_t i = 0; i < forms.size(); ++i) out.push_back({.text = forms[i].text, .plural = i > 0});
    } else {
      return bad_pattern(token, "after ~ stands v, vv, (English) n or (Arabic) p");
    }
  }
  return out;
}

/// All forms of a phrase: "set/sets fire to".
Result<std::vector<PatternForm>> phrase_forms(std::string_view pattern, const PatternGrammar& grammar) {
  std::vector<PatternForm> out{{}};
  for (const auto token : split(pattern, ' ')) {
    const Place place = token.data() == pattern.data() ? Place::first : Place::later;
    GAVAH_ASSIGN(const auto forms, token_forms(token, grammar, place));
    if (out.size() * forms.size() > kPatternLimitForms) return bad_pattern(pattern, "it has too many forms");
    std::vector<PatternForm> longer;
    longer.reserve(out.size() * forms.size());
    for (const auto& left : out) {
      for (const auto& right : forms) {
        PatternForm form = left;
        if (!form.text.empty()) form.text.push_back(' ');
        form.text.append(right.text);
        if (right.has_verb && !form.has_verb) form.verb = right.verb;
        form.has_verb = form.has_verb || right.has_verb;
        form.negative = form.negative || right.negative;
        form.plural = form.plural || right.plural;
        longer.push_back(std::move(form));
      }
    }
    out = std::move(longer);
  }
  return out;
}

}  // namespace

Result<std::vector<PatternForm>> expand_pattern(std::string_view pattern, const PatternGrammar& grammar) {
  std::vector<PatternForm> out;
  for (const auto phrase : split(pattern, '|')) {
    GAVAH_ASSIGN(auto forms, phrase_forms(phrase, grammar));
    out.insert(out.end(), std::make_move_iterator(forms.begin()), std::make_move_iterator(forms.end()));
  }
  return out;
}

}  // namespace gavah::code
