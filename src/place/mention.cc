#include "place/mention.h"

#include <algorithm>

#include "base/format.h"
#include "place/adjective.h"
#include "place/choice.h"
#include "place/gazetteer_reader.h"
#include "place/gazetteer_tables.h"
#include "place/place_cue.h"

namespace gavah::place {
namespace {

constexpr std::uint32_t kKnownTownPeople = 1000;  // smaller towns that are no seat need a cue
constexpr std::uint32_t kKnownAbroadPeople = 100000;
constexpr std::size_t kPeopleBytesAtLeast = 5;  // "Ohioan", not "Iran"
constexpr std::size_t kShortNameBytes = 4;      // two letters of the Arabic script
constexpr std::string_view kAnd = "و";
constexpr std::string_view kPersianParticles[] = {"و"};
constexpr std::string_view kArabicParticles[] = {"وب", "ول", "و", "ب", "ل", "ک"};
/// Words that only one of the two languages has, folded; enough of a text's first tokens hold some.
constexpr std::string_view kArabicWords[] = {"فی", "الی", "التی", "الذی", "هذا", "هذه", "عن", "قال", "بعد", "کان"};
constexpr std::string_view kPersianWords[] = {"در", "به", "از", "که", "را", "این", "است", "با", "برای", "شد"};
constexpr std::uint32_t kLanguageTokens = 200;
constexpr std::uint32_t kSiteNameWords = 3;
constexpr std::string_view kSettlementEnding = "اباد";
constexpr std::string_view kZwnj = "\xE2\x80\x8C";
constexpr std::string_view kEndings[] = {"ها", "های", "هایی", "ی", "ای", "اش", "شان"};

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class MentionFinder {
 public:
  MentionFinder(const Gazetteer& gazetteer, const text::Reading& reading, std::string_view home_country)
      : gazetteer_(gazetteer),
        tables_(gazetteer.tables()),
        reading_(reading),
        tokens_(reading.tokens()),
        home_country_(home_country),
        is_cased_(has_capitals(reading.text())),
        is_arabic_(reads_arabic(reading)) {}

  std::vector<Mention> run_at(std::span<const Span> spans) {
    limit_ = static_cast<std::uint32_t>(tokens_.size());
    for (const Span& span : spans) {
      Mention mention;
      mention.span = span;
      mention.first_token = reading_.token_at(span.begin);
      mention.past_token = mention.first_token;
      while (mention.past_token < limit_ && tokens_[mention.past_token].span.begin < span.end) ++mention.past_token;
      Hit hit;
      hit.carriers = carriers_of(reading_.words(span));
      const auto country = find_by_id(tables_, country_of_adjective(text::folded_key(reading_.words(span))));
      if (country != kNoEntry)
        mention.candidates.push_back(country);
      else
        set_candidates(mention, hit);
      mentions_.push_back(std::move(mention));
    }
    return std::move(mentions_);
  }

  std::vector<Mention> run() {
    for (const text::Sentence& sentence : reading_.sentences()) {
      limit_ = sentence.past_token;
      next_site_ = site_from(sentence.first_token);
      for (std::uint32_t i = sentence.first_token; i < limit_;) {
        if (next_site_ < i) next_site_ = site_from(i);
        const bool found = may_start(i) && (look_at(i) || take_site(i));
        i = found ? mentions_.back().past_token : i + 1;
      }
    }
    return std::move(mentions_);
  }

 private:
  struct Hit {
    std::uint32_t past = 0;
    std::span<const NameIndex::Carrier> carriers;
    std::string key;
    std::uint32_t skipped_bytes = 0;  // attached particle
  };

  static bool has_capitals(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }
  static bool reads_arabic(const text::Reading& reading) {
    const std::size_t count = std::min<std::size_t>(reading.tokens().size(), kLanguageTokens);
    int arabic = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view word = reading.folded_text(reading.tokens()[i]);
      if (word.size() < 2 || is_ascii_letter(word[0])) continue;
      if (word.size() > 4 && word.starts_with("ال")) ++arabic;
      if (std::find(std::begin(kArabicWords), std::end(kArabicWords), word) != std::end(kArabicWords)) ++arabic;
      if (std::find(std::begin(kPersianWords), std::end(kPersianWords), word) != std::end(kPersianWords)) arabic -= 2;
    }
    return arabic > 0;
  }
  std::string_view word(std::uint32_t i) const {
    return i < limit_ ? reading_.folded_text(tokens_[i]) : std::string_view();
  }
  bool is_mark(std::uint32_t i, char mark) const {
    return i < limit_ && tokens_[i].kind == text::TokenKind::punctuation && word(i)[0] == mark;
  }

  /// Of a name as a person marked it: as written, without article, genitive or the word for its kind, or as an
  /// adjective.
  std::span<const NameIndex::Carrier> carriers_of(std::string_view words) const {
    std::string key = name_key(text::folded_key(words));
    const auto found_as = [&](std::string_view name) { return tables_.names.find(name); };
    if (const auto found = found_as(key); !found.empty()) return found;
    if (key.starts_with("the ")) key.erase(0, 4);
    for (const std::string_view ending :
         {"s", " area", " region", " city", " town", " township", " village", " state"}) {
      if (!key.ends_with(ending)) continue;
      if (const auto found = found_as(std::string_view(key).substr(0, key.size() - ending.size())); !found.empty())
        return found;
    }
    if (key.ends_with(" co")) {
      if (const auto found = found_as(key + "unty"); !found.empty()) return found;
    }
    if (const auto found = people_of_area(key); !found.empty()) return found;
    for (const std::string_view start :
         {"city of ",   "town of ",      "village of ",   "state of ",     "southern ",     "northern ",
          "eastern ",   "western ",      "central ",      "south ",        "north ",        "east ",
          "west ",      "downtown ",     "greater ",      "northwest ",    "northeast ",    "southwest ",
          "southeast ", "northwestern ", "northeastern ", "southwestern ", "southeastern ", "upstate "}) {
      if (!key.starts_with(start)) continue;
      if (const auto found = found_as(std::string_view(key).substr(start.size())); !found.empty()) return found;
    }
    return found_as(key);
  }

  /// "Ohioans": the people of a country or province, by the ending of its name.
  std::span<const NameIndex::Carrier> people_of_area(std::string_view key) const {
    for (const std::string_view ending : {"n", "ns", "an", "ans"}) {
      if (!key.ends_with(ending)) continue;
      const auto found = tables_.names.find(key.substr(0, key.size() - ending.size()));
      const auto is_wide = [&](const NameIndex::Carrier& carrier) {
        return tables_.rows[carrier.entry].entry_class <= EntryClass::province;
      };
      if (key.size() > kPeopleBytesAtLeast && std::ranges::any_of(found, is_wide)) return found;
    }
    return {};
  }

  /// The longest name that starts at token i, whose first word is `first`.
  Hit longest_at(std::uint32_t i, std::string_view first, std::uint32_t hash) const {
    Hit best;
    std::uint32_t most_words = tables_.names.longest_from(first, hash);
    // "Sana'a": the index has the name as one word, which the text's first token only begins.
    const bool has_apostrophe = is_mark(i + 1, '\'') && !tokens_[i + 1].spaced && i + 2 < limit_ &&
                                !tokens_[i + 2].spaced && tokens_[i + 2].kind == text::TokenKind::word &&
                                word(i + 2) != "s";
    if (has_apostrophe) most_words = std::max(most_words, 2U);
    if (most_words == 0) return best;
    std::string key(first);
    std::uint32_t next = i + 1;
    for (std::uint32_t words = 1;;) {
      if (const auto carriers = tables_.names.find(key); !carriers.empty()) {
        best.past = next;
        best.carriers = carriers;
        best.key = key;
      }
      // "Governor's" is one word of the index, "Weavers' Bazaar" two.
      const bool has_mark = is_mark(next, '\'') && !tokens_[next].spaced;
      const bool joins = has_mark && next + 1 < limit_ && !tokens_[next + 1].spaced;
      if ((words >= most_words && !joins) || next >= limit_) break;
      if (is_mark(next, '-') || has_mark) ++next;
      if (next >= limit_ || tokens_[next].kind == text::TokenKind::punctuation) break;
      if (!joins) {
        key += ' ';
        ++words;
      }
      key += word(next);
      ++next;
    }
    return best;
  }

  Hit hit_at(std::uint32_t i) const {
    const std::string_view text = word(i);
    Hit hit = longest_at(i, text, tokens_[i].hash);
    if (hit.past != 0 || text[0] > 0) return hit;
    if (is_arabic_ && text.starts_with("لل") && text.size() > 8) {  // "للقاهرة" is «ل» and «القاهرة»
      const std::string whole = format("ا{}", text.substr(2));
      hit = longest_at(i, whole, text::word_hash(whole));
      if (hit.past != 0 && is_well_known(hit.carriers)) return hit;
    }
    const auto particles = is_arabic_ ? std::span<const std::string_view>(kArabicParticles) : kPersianParticles;
    for (const std::string_view particle : particles) {
      if (!text.starts_with(particle) || text.size() < particle.size() + 6) continue;
      hit = longest_at(i, text.substr(particle.size()), text::word_hash(text.substr(particle.size())));
      if (hit.past == 0) continue;
      hit.skipped_bytes = static_cast<std::uint32_t>(particle.size());
      if (particle == kAnd || is_well_known(hit.carriers)) return hit;
    }
    return Hit{};
  }

  /// A half of a word that ZWNJ parts («میانه‌روی», «مغازه‌داران») is no name; endings may
  /// follow one.
  bool is_part_of_word(std::uint32_t first, std::uint32_t past) const {
    const std::string_view text = reading_.text();
    if (text.substr(0, tokens_[first].span.begin).ends_with(kZwnj)) return true;
    if (past >= limit_ || !text.substr(0, tokens_[past].span.begin).ends_with(kZwnj)) return false;
    return std::find(std::begin(kEndings), std::end(kEndings), word(past)) == std::end(kEndings);
  }

  /// "Tabriz Street", «خیابان تبریز», «نادي الموصل» name a street and a club.
  bool is_named_after(const Mention& mention) const {
    const bool before = mention.first_token > 0 && says(word(mention.first_token - 1), Says::named_after);
    return before || says(word(mention.past_token), Says::street);
  }

  /// «روستای حسن‌آباد», «در سعدآباد»: a settlement by its name's ending, though no
  /// gazetteer has it.
  bool take_settlement(std::uint32_t i) {
    const std::string_view text = word(i);
    if (is_arabic_ || is_ascii_letter(text[0])) return false;
    const bool ends_so = text.size() >= kSettlementEnding.size() + 4 && text.ends_with(kSettlementEnding);
    const bool goes_on =
        !ends_so && text.size() >= 4 && word(i + 1) == kSettlementEnding && cue_before(text) == Cue::none;
    if (!ends_so && !goes_on) return false;
    Mention mention;
    mention.first_token = i;
    mention.past_token = goes_on ? i + 2 : i + 1;
    if (cue_at(mention) == Cue::none || is_named_after(mention) || is_person(mention)) return false;
    mention.span = {tokens_[i].span.begin, tokens_[mention.past_token - 1].span.end};
    if (!mentions_.empty()) mentions_.back().leads_to_area = leads_to(mentions_.back().past_token, i);
    mentions_.push_back(std::move(mention));
    return true;
  }

  /// Cheap, so that most tokens of a text are passed over at once: a name, a word with a particle or a site may start.
  bool may_start(std::uint32_t i) const {
    const text::Token& token = tokens_[i];
    if (token.kind != text::TokenKind::word) return false;
    return tables_.names.may_start(token.hash) || !is_ascii_letter(word(i)[0]) || is_mark(i + 1, '\'') ||
           next_site_ <= i + kSiteNameWords;
  }

  bool says_site(std::uint32_t i) const {
    return sites_.may_hold(tokens_[i].hash) && sites_.find(word(i), tokens_[i].hash) != nullptr;
  }

  /// The first token at or after i that says a kind of site; limit_ where the sentence has none.
  std::uint32_t site_from(std::uint32_t i) const {
    while (i < limit_ && !says_site(i) && (!is_arabic_ || attached_to_site(i) == 0)) ++i;
    return i;
  }

  /// A facility by the word for its kind, though no gazetteer has it.
  bool take_site(std::uint32_t i) {
    if (next_site_ > i + kSiteNameWords || next_site_ == limit_) return false;
    Mention site;
    site.site = true;
    site.first_token = i;
    const std::uint32_t attached = attached_to_site(i);
    site.past_token = is_ascii_letter(word(i)[0]) ? past_cased_site(i) : past_headed_site(i);
    if (site.past_token == i) site.past_token = past_plain_site(i, attached);
    if (site.past_token == i) return false;
    const auto begin = static_cast<std::uint32_t>(tokens_[i].folded.begin + attached);
    site.span = reading_.folded().original_span(Span{begin, tokens_[site.past_token - 1].folded.end});
    if (!mentions_.empty()) mentions_.back().leads_to_area = false;
    mentions_.push_back(std::move(site));
    return true;
  }

  /// "Narvan prison": capitals before the word for the kind; i where there is none.
  std::uint32_t past_cased_site(std::uint32_t i) const {
    if (!mentions_.empty() && mentions_.back().past_token == i) return i;
    std::uint32_t head = i;
    while (head < next_site_ && is_capital(head) && !says(word(head), Says::no_site_name) && !names_town(head)) ++head;
    if (head == i || head != next_site_ || word(head + 1) == "of") return i;
    return head + 1;
  }

  bool is_capital(std::uint32_t i) const {
    const char initial = reading_.text()[tokens_[i].span.begin];
    return tokens_[i].kind == text::TokenKind::word && initial >= 'A' && initial <= 'Z';
  }

  /// Bytes of the particle before the word for a kind of site: «بساحة».
  std::uint32_t attached_to_site(std::uint32_t i) const {
    if (!is_arabic_ || is_ascii_letter(word(i)[0]) || says_site(i)) return 0;
    for (const std::string_view particle : kArabicParticles) {
      if (word(i).starts_with(particle) && says(word(i).substr(particle.size()), Says::site))
        return static_cast<std::uint32_t>(particle.size());
    }
    return 0;
  }

  /// «میدان نارون», with a town right after the name or right before: no capitals say where a name ends, so without a
  /// town there is none. i where there is none.
  std::uint32_t past_headed_site(std::uint32_t i) const {
    constexpr std::uint32_t kNameWords = 2;
    if (i != next_site_ || is_part_of_word(i, i + 1)) return i;
    if (i + 1 >= limit_ || names_town(i + 1)) return i;
    std::uint32_t past = i + 1;
    while (past < limit_ && past - i <= kNameWords && tokens_[past].kind == text::TokenKind::word &&
           !says(word(past), Says::no_site_name) && cue_before(word(past)) == Cue::none && !names_town(past)) {
      ++past;
      if (leads_to_town(past) && !is_part_of_word(past - 1, past)) return past;
    }
    return past > i + 1 && follows_town(i) && !is_part_of_word(i + 1, i + 2) ? i + 2 : i;
  }

  /// A site without a name of its own: "the courthouse in X", "X's main square", «میدان اصلی شهر X». i where there is
  /// none.
  std::uint32_t past_plain_site(std::uint32_t i, std::uint32_t attached) const {
    constexpr std::uint32_t kAdjectives = 2;
    if (!is_ascii_letter(word(i)[0])) {
      const bool is_at = attached > 0 || (i > 0 && says_at(word(i - 1)));
      if (!is_at || i != next_site_ || is_part_of_word(i, i + 1)) return i;
      std::uint32_t past = i + 1;
      while (past - i <= kAdjectives && says(word(past), Says::site_adjective)) ++past;
      const bool is_told = past > i + 1 || is_within(word(past)) || says(word(i).substr(attached), Says::town_site);
      return is_told && (leads_to_town(past) || (past > i + 1 && follows_town(i))) ? past : i;
    }
    const bool is_towns = i >= 2 && word(i - 1) == "s" && is_mark(i - 2, '\'') && follows_town(i - 2);
    if (!is_towns && (i < 2 || word(i - 1) != "the" || !says_at(word(i - 2)))) return i;
    std::uint32_t head = i;
    while (head - i < kAdjectives && says(word(head), Says::site_adjective)) ++head;
    if (!says(word(head), Says::site)) return i;
    const bool is_of =
        word(head + 1) == "of" && !says(word(head), Says::facility);  // "the university of X" is one name
    const bool leads = (word(head + 1) == "in" || is_of) && names_town(head + 2);
    return is_towns || leads ? head + 1 : i;
  }

  /// The act is at the site: no doer like "a court in X", and not just near.
  static bool says_at(std::string_view text) {
    return says(text, Says::at_site) || (cue_before(text) == Cue::weak && !says(text, Says::near));
  }

  bool names_town(std::uint32_t i) const {
    if (i >= limit_ || tokens_[i].kind != text::TokenKind::word) return false;
    const Hit hit = hit_at(i);
    return hit.past != 0 && !says(hit.key, Says::everyday) && !says(hit.key, Says::dated) &&
           is_well_known(hit.carriers) && std::ranges::any_of(hit.carriers, [&](const NameIndex::Carrier& carrier) {
             return tables_.rows[carrier.entry].entry_class == EntryClass::town;
           });
  }

  /// «در», «شهر» or a comma are all that stands between a name and a town after it.
  bool leads_to_town(std::uint32_t past) const {
    constexpr std::uint32_t kBetween = 2;
    for (std::uint32_t i = past; i < limit_ && i <= past + kBetween; ++i) {
      if (names_town(i)) return true;
      if (!is_mark(i, ',') && !is_within(word(i)) && !says(word(i), Says::town)) return false;
    }
    return false;
  }

  static bool is_within(std::string_view text) { return text == "در" || text == "فی"; }

  /// «در اورما، میدان نارون»: a town ends right before the word for the kind.
  bool follows_town(std::uint32_t i) const {
    if (mentions_.empty() || mentions_.back().candidates.empty() || mentions_.back().past_token + 2 < i) return false;
    for (std::uint32_t t = mentions_.back().past_token; t < i; ++t) {
      if (!is_mark(t, ',') && !is_within(word(t))) return false;
    }
    return std::ranges::all_of(mentions_.back().candidates, [&](EntryNumber number) {
      return tables_.rows[number].entry_class == EntryClass::town;
    });
  }

  bool look_at(std::uint32_t i) {
    const Hit hit = hit_at(i);
    if (hit.past == 0) return take_settlement(i);
    if (is_part_of_word(i, hit.past)) return false;
    Mention mention;
    mention.first_token = i;
    mention.past_token = hit.past;
    if (is_named_after(mention) || !is_supported(mention, hit)) return false;
    set_candidates(mention, hit);
    const auto before_name = static_cast<std::uint32_t>(tokens_[i].folded.begin + hit.skipped_bytes);
    mention.span = reading_.folded().original_span(Span{before_name, tokens_[hit.past - 1].folded.end});
    mention.near = is_near(i);
    take_facility(mention);
    if (!mentions_.empty()) mentions_.back().leads_to_area = leads_to(mentions_.back().past_token, i);
    mentions_.push_back(std::move(mention));
    return true;
  }

  /// Whether «در استان», ", province of" or the like is all that tokens [first, past) say.
  bool leads_to(std::uint32_t first, std::uint32_t past) const {
    if (past <= first || past - first > 4) return false;
    bool leads = false;
    for (std::uint32_t i = first; i < past; ++i) {
      const std::string_view text = head_word(i);
      const bool is_in = text == "در" || text == "in" || text == "فی" || is_mark(i, ',') || text != word(i);
      leads = leads || is_in;
      if (!is_in && text != "که" && text != "the" && text != "of" && !says(text, Says::province) &&
          !says(text, Says::county))
        return false;
    }
    return leads;
  }

  /// «جامعة دمشق», "University of Shiraz": the facility in that town, head and all.
  void take_facility(Mention& mention) const {
    const std::uint32_t i = mention.first_token;
    const bool is_town = std::all_of(mention.candidates.begin(), mention.candidates.end(),
                                     [&](EntryNumber n) { return tables_.rows[n].entry_class == EntryClass::town; });
    if (!is_town || mention.candidates.empty() || i == 0) return;
    const std::uint32_t head = word(i - 1) == "of" && i >= 2 ? i - 2 : i - 1;
    if (!says(word(head), Says::facility) || (!mentions_.empty() && mentions_.back().past_token > head)) return;
    mention.first_token = head;
    mention.span = {tokens_[head].span.begin, mention.span.end};
    mention.facility = true;
  }

  /// "Y near X" tells where Y is: X is X.
  bool is_told_of_another(std::uint32_t i) const {
    if (mentions_.empty() || i - mentions_.back().past_token > 3) return false;
    for (std::uint32_t t = mentions_.back().past_token; t < i; ++t) {
      if (tokens_[t].kind != text::TokenKind::word) return false;
    }
    return true;
  }

  /// "near X", "the outskirts of X", «در نزدیکی X».
  bool is_near(std::uint32_t i) const {
    if (i == 0) return false;
    if (is_told_of_another(i)) return false;
    if (says(word(i - 1), Says::near)) return true;
    return i >= 2 && (word(i - 1) == "of" || word(i - 1) == "شهر" || word(i - 1) == "the") &&
           says(word(i - 2), Says::near);
  }

  Cue cue_at(const Mention& mention) const {
    const std::uint32_t i = mention.first_token;
    Cue cue = cue_after(word(mention.past_token));
    const std::string_view area = word(mention.past_token + 1);  // «X در استان Y»
    if (word(mention.past_token) == "در" && (says(area, Says::province) || says(area, Says::county))) cue = Cue::weak;
    if (i == 0) return cue;
    const std::string_view before = head_word(i - 1);
    const bool is_listed =
        !mentions_.empty() && mentions_.back().past_token + 1 == i && (before == kAnd || before == "and");
    if (is_listed) cue = std::max(cue, Cue::weak);
    if (before == "of" && i >= 2) cue = std::max(cue, cue_before(word(i - 2)));
    if (before == "the" && i >= 2) cue = std::max(cue, cue_before(word(i - 2)));
    return std::max(cue, cue_before(before));
  }

  /// A word without the particle that Arabic attaches: «بولاية» as «ولاية».
  std::string_view head_word(std::uint32_t i) const {
    const std::string_view text = word(i);
    if (!is_arabic_ || cue_before(text) != Cue::none) return text;
    for (const std::string_view particle : kArabicParticles) {
      if (text.size() > particle.size() + 4 && text.starts_with(particle)) {
        const std::string_view rest = text.substr(particle.size());
        if (cue_before(rest) != Cue::none) return rest;
      }
    }
    return text;
  }

  bool is_well_known(std::span<const NameIndex::Carrier> carriers) const {
    return std::any_of(carriers.begin(), carriers.end(), [&](const NameIndex::Carrier& carrier) {
      const auto& row = tables_.rows[carrier.entry];
      const bool is_home = home_country_.empty() || tables_.country_of(carrier.entry) == home_country_;
      const bool is_large = row.population >= (is_home ? kKnownTownPeople : kKnownAbroadPeople);
      return is_large || row.seat_rank >= (is_home ? 1 : 2) || row.entry_class <= EntryClass::county ||
             row.entry_class == EntryClass::facility || row.entry_class == EntryClass::district;
    });
  }

  /// Shortened names of states, as name_key has them, that are words as well.
  static bool is_word_as_state(std::string_view key) {
    constexpr std::string_view kStates[]{"ala", "ark",  "cal",  "del", "ill", "ind",
                                         "man", "mass", "miss", "ore", "wash"};
    return std::ranges::find(kStates, key) != std::end(kStates);
  }

  bool is_supported(const Mention& mention, const Hit& hit) const {
    const Cue cue = cue_at(mention);
    const bool is_latin = is_ascii_letter(hit.key[0]);
    const char initial = reading_.text()[tokens_[mention.first_token].span.begin];
    const bool is_lower = initial >= 'a' && initial <= 'z';
    if (is_latin && hit.key.size() < 3) return false;
    // "Jackson, Miss." is a state, "Miss Adur" and "Mass arrests" are none.
    if (is_word_as_state(hit.key) && (mention.first_token == 0 || !is_mark(mention.first_token - 1, ','))) return false;
    if (says(hit.key, Says::dated)) return is_told_from_date(mention);
    if (is_latin && is_given_name(mention, cue)) return false;
    if (says(hit.key, Says::everyday) || (is_arabic_ && says(hit.key, Says::everyday_in_arabic))) {
      if (!is_latin) return (cue == Cue::strong && is_said_area(mention)) || is_held_by_next(mention, hit);
      return cue == Cue::strong || (cue == Cue::weak && is_cased_ && !is_lower && mention.first_token > 0);
    }
    if (says(hit.key, Says::doubtful) && cue == Cue::none) return is_held_by_next(mention, hit);
    if (is_arabic_ && (is_attribute(mention) || is_prayer(mention, hit))) return false;
    if (is_latin && is_cased_ && is_lower) return cue == Cue::strong && is_well_known(hit.carriers);
    if (cue != Cue::strong && is_person(mention)) return false;
    if (cue != Cue::none) return true;
    if (!is_latin && hit.key.size() <= kShortNameBytes) return false;
    return is_well_known(hit.carriers) ||
           (is_latin && is_cased_ && !is_lower && hit.key.find(' ') != std::string::npos);
  }

  /// "the town of March", "March County": all that tells a place from a month or a weekday.
  bool is_told_from_date(const Mention& mention) const {
    const std::uint32_t i = mention.first_token;
    if (i >= 2 && word(i - 1) == "of" && cue_before(word(i - 2)) == Cue::strong) return true;
    const std::string_view after = word(mention.past_token);
    return (says(after, Says::province) || says(after, Says::county) || says(after, Says::town)) &&
           is_capital(mention.past_token);
  }

  /// "Paris Hosseini was arrested", "police killed Sari Ahmadi": a single name right before a surname, which its ending
  /// or what was done to the person tells. After "in" or "town of" the name is a place all the same.
  bool is_given_name(const Mention& mention, Cue cue) const {
    const std::uint32_t i = mention.first_token;
    const std::uint32_t surname = mention.past_token;
    if (!is_cased_ || surname != i + 1 || surname >= limit_ || cue == Cue::strong || !is_capital(i) ||
        !is_capital(surname))
      return false;
    if (cue == Cue::weak && word(i - 1) != "of") return false;
    const std::string_view text = word(surname);
    if (says(text, Says::facility) || says(text, Says::site) || says(text, Says::street) || says(text, Says::dated) ||
        !country_of_adjective(text).empty() || is_known_place(surname))
      return false;
    return ends_as_surname(text) || is_harmed(surname + 1);
  }

  bool is_known_place(std::uint32_t i) const {
    const Hit hit = hit_at(i);
    return hit.past != 0 && !says(hit.key, Says::everyday) && is_well_known(hit.carriers);
  }

  static bool ends_as_surname(std::string_view text) {
    constexpr std::size_t kSurnameBytes = 5;
    constexpr std::string_view kSurnameEndings[] = {"i", "zadeh", "zada", "pour", "nejad", "nezhad"};
    return text.size() >= kSurnameBytes &&
           std::ranges::any_of(kSurnameEndings, [&](std::string_view ending) { return text.ends_with(ending); });
  }

  /// "was arrested": what is done to a person, not to a town or its police.
  bool is_harmed(std::uint32_t i) const {
    constexpr std::string_view kWas[] = {"was", "is"};
    constexpr std::string_view kDone[] = {"arrested",  "beaten",   "detained", "executed", "flogged",
                                          "hanged",    "injured",  "jailed",   "killed",   "shot",
                                          "sentenced", "tortured", "wounded"};
    return std::ranges::find(kWas, word(i)) != std::end(kWas) &&
           std::ranges::find(kDone, word(i + 1)) != std::end(kDone);
  }

  /// «نور، مازندران»: an area that holds a place of this name stands after a comma or as «استان مازندران».
  bool is_held_by_next(const Mention& mention, const Hit& hit) const {
    std::uint32_t next = mention.past_token;
    const bool has_comma = is_mark(next, ',');
    next += has_comma ? 1 : 0;
    const bool is_said = says(word(next), Says::province) || says(word(next), Says::county);
    next += is_said ? 1 : 0;
    if (!(has_comma || is_said) || next >= limit_ || tokens_[next].kind != text::TokenKind::word) return false;
    const Hit area = hit_at(next);
    return std::ranges::any_of(area.carriers, [&](const NameIndex::Carrier& outer) {
      if (tables_.rows[outer.entry].entry_class > EntryClass::county) return false;
      return std::ranges::any_of(hit.carriers, [&](const NameIndex::Carrier& inner) {
        return contains(gazetteer_, outer.entry, inner.entry);
      });
    });
  }

  /// «الحمامة البيضاء»: after a feminine noun with the article an adjective with it, no place; «العاصمة» says
  /// otherwise.
  bool is_attribute(const Mention& mention) const {
    constexpr std::string_view kArticle = "ال";
    constexpr std::string_view kFeminine[] = {"ه", "ا", "اء"};  // folded
    const std::uint32_t i = mention.first_token;
    if (i == 0 || mention.past_token != i + 1 || tokens_[i - 1].kind != text::TokenKind::word) return false;
    const std::string_view noun = word(i - 1);
    const std::string_view name = word(i);
    return noun.starts_with(kArticle) && noun.ends_with(kFeminine[0]) && name.starts_with(kArticle) &&
           std::ranges::any_of(kFeminine, [&](std::string_view ending) { return name.ends_with(ending); }) &&
           !says(noun, Says::place_kind) && cue_before(noun) == Cue::none;
  }

  /// «بعد المغرب», «صلاة المغرب»: a time of day.
  bool is_prayer(const Mention& mention, const Hit& hit) const {
    const std::uint32_t i = mention.first_token;
    return i > 0 && says(hit.key, Says::prayer_time) && says(word(i - 1), Says::prayer);
  }

  /// "Mr. X", "Mohammad X": the name is a person's.
  bool is_person(const Mention& mention) const {
    std::uint32_t i = mention.first_token;
    if (i > 0 && is_mark(i - 1, '.')) --i;
    if (i > 0 && is_arabic_ && word(i - 1) == "علی") return false;  // «على», not a given name
    return i > 0 && says(word(i - 1), Says::person);
  }

  /// A strong cue stands right before or after the name.
  bool is_said_area(const Mention& mention) const {
    const bool before = mention.first_token > 0 && cue_before(head_word(mention.first_token - 1)) == Cue::strong;
    return before || cue_after(word(mention.past_token)) == Cue::strong;
  }

  /// Keeps what "province" or «شهرستان» beside the name allows; without such a word, the written names before the bare
  /// ones, and a town before the county and the province that are named after it.
  void set_candidates(Mention& mention, const Hit& hit) const {
    const std::string_view before = mention.first_token > 0 ? head_word(mention.first_token - 1) : std::string_view();
    const std::string_view after = word(mention.past_token);
    const auto keep_class = [&](EntryClass wanted) {
      for (const auto& carrier : hit.carriers) {
        if (tables_.rows[carrier.entry].entry_class == wanted) mention.candidates.push_back(carrier.entry);
      }
      return !mention.candidates.empty();
    };
    const bool after_of = before == "of" && mention.first_token > 1;
    const std::string_view kind = after_of ? word(mention.first_token - 2) : before;
    if ((says(kind, Says::province) || says(after, Says::province)) && keep_class(EntryClass::province)) return;
    if ((says(kind, Says::county) || says(after, Says::county) || is_listed_county(mention.past_token)) &&
        keep_class(EntryClass::county))
      return;
    if (says(kind, Says::town) && keep_class(EntryClass::town)) return;
    const auto best = std::min_element(hit.carriers.begin(), hit.carriers.end(),
                                       [](const auto& a, const auto& b) { return a.kind < b.kind; });
    if (best == hit.carriers.end()) return;
    const bool only_bare = best->kind == NameIndex::Kind::bare;
    for (const auto& carrier : hit.carriers) {
      const auto& row = tables_.rows[carrier.entry];
      const bool is_great = row.seat_rank >= 2 || row.entry_class <= EntryClass::province;
      const bool spelled = carrier.kind == best->kind || is_great;
      const bool is_kept = carrier.kind != NameIndex::Kind::bare || row.entry_class == EntryClass::province;
      if (only_bare || (spelled && is_kept)) mention.candidates.push_back(carrier.entry);
    }
    if (mention.candidates.size() < 2) return;
    drop_namesakes_within(mention.candidates);
    drop_namesake_areas(mention.candidates);
  }

  /// "Orma, Tarn and Pelk counties": counties all, though the word follows the last alone.
  bool is_listed_county(std::uint32_t past) const {
    constexpr std::uint32_t kListTokens = 9;
    bool follows_link = false;
    for (std::uint32_t i = past; i < limit_ && i - past < kListTokens; ++i) {
      if (word(i) == "counties") return i > past && !follows_link;
      const bool is_link = is_mark(i, ',') || word(i) == "and";
      if (!is_link && (i == past || !is_capital(i))) return false;
      follows_link = is_link;
    }
    return false;
  }

  /// A name that a country shares with its capital or a province is the country's.
  void drop_namesakes_within(std::vector<EntryNumber>& candidates) const {
    std::vector<std::array<char, 2>> countries;
    for (const EntryNumber number : candidates) {
      if (tables_.rows[number].entry_class == EntryClass::country) countries.push_back(tables_.rows[number].country);
    }
    std::erase_if(candidates, [&](EntryNumber number) {
      const auto& row = tables_.rows[number];
      return row.entry_class != EntryClass::country &&
             std::find(countries.begin(), countries.end(), row.country) != countries.end();
    });
  }

  /// A name that a town shares with the county or province around it is the town's; with a province only when the town
  /// is its seat.
  void drop_namesake_areas(std::vector<EntryNumber>& candidates) const {
    const auto is_dropped = [&](EntryNumber number) {
      const auto& area = tables_.rows[number];
      const bool is_province = area.entry_class == EntryClass::province;
      const bool is_area = is_province || area.entry_class == EntryClass::county ||
                           area.entry_class == EntryClass::district || area.entry_class == EntryClass::nature;
      if (!is_area) return false;
      return std::any_of(candidates.begin(), candidates.end(), [&](EntryNumber other) {
        const auto& row = tables_.rows[other];
        const bool same = row.country == area.country &&
                          tables_.text(row.admin1, row.admin1_size) == tables_.text(area.admin1, area.admin1_size);
        return same && row.entry_class == EntryClass::town && (!is_province || row.seat_rank >= 2);
      });
    };
    std::vector<EntryNumber> kept;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(kept),
                 [&](EntryNumber n) { return !is_dropped(n); });
    if (!kept.empty()) candidates = std::move(kept);
  }

  const Gazetteer& gazetteer_;
  const Gazetteer::Tables& tables_;
  const text::WordTable<char>& sites_ = site_words();
  const text::Reading& reading_;
  const std::vector<text::Token>& tokens_;
  std::string_view home_country_;
  bool is_cased_;
  bool is_arabic_;               // of the two languages in Arabic script
  std::uint32_t limit_ = 0;      // after the last token of the sentence being read
  std::uint32_t next_site_ = 0;  // the word for a kind of site at or after the token being read; limit_ where none is
  std::vector<Mention> mentions_;
};

}  // namespace

std::vector<Mention> find_mentions(const Gazetteer& gazetteer, const text::Reading& reading,
                                   std::string_view home_country) {
  return MentionFinder(gazetteer, reading, home_country).run();
}

std::vector<Mention> mentions_at(const Gazetteer& gazetteer, const text::Reading& reading,
                                 std::span<const Span> spans) {
  return MentionFinder(gazetteer, reading, {}).run_at(spans);
}

std::string name_key(std::string_view folded_name) {
  std::string out;
  for (const char c : folded_name) {
    if (c == '\'' || c == '"' || c == '.') continue;
    const char kept = c == '-' || c == '\n' ? ' ' : c;
    if (kept == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(kept);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace gavah::place
