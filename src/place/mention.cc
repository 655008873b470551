#include "place/mention.h"

#include <algorithm>

#include "place/gazetteer_tables.h"
#include "place/place_cue.h"

namespace gavah::place {
namespace {

constexpr std::uint32_t kKnownTownPeople = 1000;  // smaller towns that are no seat need a cue
constexpr std::uint32_t kKnownAbroadPeople = 100000;
constexpr std::size_t kShortNameBytes = 4;  // two letters of the Arabic script
constexpr std::string_view kAnd = "و";
constexpr std::string_view kParticles[] = {"وب", "ول", "و", "ب", "ل"};

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class MentionFinder {
 public:
  MentionFinder(const Gazetteer& gazetteer, const text::Reading& reading, std::string_view home_country)
      : tables_(gazetteer.tables()),
        reading_(reading),
        tokens_(reading.tokens()),
        home_country_(home_country),
        is_cased_(has_capitals(reading.text())) {}

  std::vector<Mention> run() {
    for (const text::Sentence& sentence : reading_.sentences()) {
      limit_ = sentence.past_token;
      for (std::uint32_t i = sentence.first_token; i < limit_;) {
        const bool found = tokens_[i].kind == text::TokenKind::word && look_at(i);
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
  std::string_view word(std::uint32_t i) const {
    return i < limit_ ? reading_.folded_text(tokens_[i]) : std::string_view();
  }
  bool is_mark(std::uint32_t i, char mark) const {
    return i < limit_ && tokens_[i].kind == text::TokenKind::punctuation && word(i)[0] == mark;
  }

  /// The longest name that starts at token i, whose first word is `first`.
  Hit longest_at(std::uint32_t i, std::string_view first) const {
    Hit best;
    std::uint32_t most_words = tables_.names.longest_from(first);
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
    Hit hit = longest_at(i, word(i));
    if (hit.past != 0) return hit;
    for (const std::string_view particle : kParticles) {
      const std::string_view text = word(i);
      if (!text.starts_with(particle) || text.size() < particle.size() + 6) continue;
      hit = longest_at(i, text.substr(particle.size()));
      if (hit.past == 0) continue;
      hit.skipped_bytes = static_cast<std::uint32_t>(particle.size());
      if (particle == kAnd || is_well_known(hit.carriers)) return hit;
    }
    return Hit{};
  }

  bool look_at(std::uint32_t i) {
    const Hit hit = hit_at(i);
    if (hit.past == 0) return false;
    Mention mention;
    mention.first_token = i;
    mention.past_token = hit.past;
    if (!is_supported(mention, hit)) return false;
    set_candidates(mention, hit);
    const auto before_name = static_cast<std::uint32_t>(tokens_[i].folded.begin + hit.skipped_bytes);
    mention.span = reading_.folded().original_span(Span{before_name, tokens_[hit.past - 1].folded.end});
    mention.near = is_near(i);
    mentions_.push_back(std::move(mention));
    return true;
  }

  /// "near X", "the outskirts of X", «در نزدیکی X».
  bool is_near(std::uint32_t i) const {
    if (i == 0) return false;
    if (says_near(word(i - 1))) return true;
    return i >= 2 && (word(i - 1) == "of" || word(i - 1) == "شهر" || word(i - 1) == "the") && says_near(word(i - 2));
  }

  Cue cue_at(const Mention& mention) const {
    const std::uint32_t i = mention.first_token;
    Cue cue = cue_after(word(mention.past_token));
    if (i == 0) return cue;
    const std::string_view before = word(i - 1);
    if (before == "of" && i >= 2) cue = std::max(cue, cue_before(word(i - 2)));
    if (before == "the" && i >= 2) cue = std::max(cue, cue_before(word(i - 2)));
    return std::max(cue, cue_before(before));
  }

  bool is_well_known(std::span<const NameIndex::Carrier> carriers) const {
    return std::any_of(carriers.begin(), carriers.end(), [&](const NameIndex::Carrier& carrier) {
      const auto& row = tables_.rows[carrier.entry];
      const bool is_home = home_country_.empty() || tables_.country_of(carrier.entry) == home_country_;
      const bool is_large = row.population >= (is_home ? kKnownTownPeople : kKnownAbroadPeople);
      return is_large || row.seat_rank >= (is_home ? 1 : 2) || row.entry_class == EntryClass::country ||
             row.entry_class == EntryClass::province || row.entry_class == EntryClass::facility;
    });
  }

  bool is_supported(const Mention& mention, const Hit& hit) const {
    const Cue cue = cue_at(mention);
    const bool is_latin = is_ascii_letter(hit.key[0]);
    const char initial = reading_.text()[tokens_[mention.first_token].span.begin];
    const bool is_lower = initial >= 'a' && initial <= 'z';
    if (is_latin && hit.key.size() < 3) return false;
    if (is_everyday_word(hit.key)) {
      if (!is_latin) return cue == Cue::strong && is_said_area(mention);
      return cue == Cue::strong || (cue == Cue::weak && is_cased_ && !is_lower && mention.first_token > 0);
    }
    if (is_latin && is_cased_ && is_lower) return cue == Cue::strong && is_well_known(hit.carriers);
    if (cue != Cue::strong && is_person(mention)) return false;
    if (cue != Cue::none) return true;
    if (!is_latin && hit.key.size() <= kShortNameBytes) return false;
    return is_well_known(hit.carriers) ||
           (is_latin && is_cased_ && !is_lower && hit.key.find(' ') != std::string::npos);
  }

  /// "Mr. X", "Mohammad X": the name is a person's.
  bool is_person(const Mention& mention) const {
    std::uint32_t i = mention.first_token;
    if (i > 0 && is_mark(i - 1, '.')) --i;
    return i > 0 && says_person(word(i - 1));
  }

  /// A strong cue stands right before or after the name.
  bool is_said_area(const Mention& mention) const {
    const bool before = mention.first_token > 0 && cue_before(word(mention.first_token - 1)) == Cue::strong;
    return before || cue_after(word(mention.past_token)) == Cue::strong;
  }

  /// Keeps what "province" or «شهرستان» beside the name allows; without such a word, the written names before the bare
  /// ones, and a town before the county and the province that are named after it.
  void set_candidates(Mention& mention, const Hit& hit) const {
    const std::string_view before = mention.first_token > 0 ? word(mention.first_token - 1) : std::string_view();
    const std::string_view after = word(mention.past_token);
    const auto keep_class = [&](EntryClass wanted) {
      for (const auto& carrier : hit.carriers) {
        if (tables_.rows[carrier.entry].entry_class == wanted) mention.candidates.push_back(carrier.entry);
      }
      return !mention.candidates.empty();
    };
    const bool after_of = before == "of" && mention.first_token > 1;
    const std::string_view kind = after_of ? word(mention.first_token - 2) : before;
    if ((says_province(kind) || says_province(after)) && keep_class(EntryClass::province)) return;
    if ((says_county(kind) || says_county(after)) && keep_class(EntryClass::county)) return;
    if (keep_class(EntryClass::country)) return;
    const bool any_written =
        std::any_of(hit.carriers.begin(), hit.carriers.end(), [](const auto& c) { return !c.bare; });
    for (const auto& carrier : hit.carriers) {
      if (!carrier.bare || !any_written) mention.candidates.push_back(carrier.entry);
    }
    drop_namesake_areas(mention.candidates);
  }

  void drop_namesake_areas(std::vector<EntryNumber>& candidates) const {
    const auto is_town_in = [&](const auto& area) {
      return std::any_of(candidates.begin(), candidates.end(), [&](EntryNumber other) {
        const auto& row = tables_.rows[other];
        const bool same = row.country == area.country &&
                          tables_.text(row.admin1, row.admin1_size) == tables_.text(area.admin1, area.admin1_size);
        return same && row.entry_class == EntryClass::town;
      });
    };
    const auto is_namesake = [&](EntryNumber number) {
      const auto& row = tables_.rows[number];
      const bool is_area = row.entry_class == EntryClass::province || row.entry_class == EntryClass::county ||
                           row.entry_class == EntryClass::district || row.entry_class == EntryClass::nature;
      return is_area && is_town_in(row);
    };
    std::vector<EntryNumber> kept;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(kept),
                 [&](EntryNumber n) { return !is_namesake(n); });
    if (!kept.empty()) candidates = std::move(kept);
  }

  const Gazetteer::Tables& tables_;
  const text::Reading& reading_;
  const std::vector<text::Token>& tokens_;
  std::string_view home_country_;
  bool is_cased_;
  std::uint32_t limit_ = 0;  // after the last token of the sentence being read
  std::vector<Mention> mentions_;
};

}  // namespace

std::vector<Mention> find_mentions(const Gazetteer& gazetteer, const text::Reading& reading,
                                   std::string_view home_country) {
  return MentionFinder(gazetteer, reading, home_country).run();
}

std::string name_key(std::string_view folded_name) {
  std::string out;
  for (const char c : folded_name) {
    if (c == '\'' || c == '"') continue;
    const char kept = c == '-' || c == '\n' ? ' ' : c;
    if (kept == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(kept);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace gavah::place
