#pragma once

#include <optional>
#include <vector>

#include "code/codebook.h"
#include "code/mention.h"

namespace gavah::code {

/// Says when and where the mentions of a report took place, sentence by sentence.
///
/// In the sentence: the nearest time and place that are not the teller's ("said on Tuesday") nor part of a name
/// ("Nilvan Herald"); a facility and the town that holds it are one place, the smaller. Otherwise what an earlier
/// sentence said, then the dateline, then the title; for the time the day of a post, or the day of an article and the
/// one before. A list of years or of towns gives a mention for each. Nothing known stays unknown.
class Settler {
 public:
  Settler(const Scan& scan, const Codebook& codebook, std::vector<Place> title_places);

  /// Fills time and places; may add mentions. Sentences come in order.
  /// A sentence without an act: a dateline, or a heading that is a place ("Tehran:"), says where what follows happened.
  void read_heading(const SentenceScan& sentence);
  void settle(std::vector<Mention>& mentions, const SentenceScan& sentence);

 private:
  struct TimeChoice {
    const TimeHit* hit = nullptr;
    std::vector<const TimeHit*> list;  ///< the hit and those coordinated with it
  };
  struct PlaceChoice {
    std::vector<const PlaceHit*> list;
    std::vector<std::string> within;
  };

  void read_dateline(const SentenceScan& sentence);
  bool opens_what_is_told(std::uint32_t from, std::uint32_t to) const;
  bool belongs_to_telling(const TimeHit& time, const SentenceScan& sentence) const;
  bool is_of_dateline(const TimeHit& time, const SentenceScan& sentence) const;
  bool is_of_another(const TimeHit& time, const Mention& mention, const SentenceScan& sentence) const;
  bool belongs_to_condition(const TimeHit& time, const Mention& mention, const SentenceScan& sentence) const;
  bool is_name_part(const PlaceHit& place, const SentenceScan& sentence) const;
  int distance(const Mention& mention, std::uint32_t first, std::uint32_t past, const SentenceScan& sentence,
               const std::vector<Mention>& mentions) const;
  TimeChoice choose_time(const Mention& mention, const SentenceScan& sentence,
                         const std::vector<Mention>& mentions) const;
  int direction_cost(const PlaceHit& place, const Mention& mention, const SentenceScan& sentence) const;
  bool is_around(const PlaceHit& outer, const PlaceHit& inner) const;
  PlaceChoice smallest(const std::vector<const PlaceHit*>& places) const;
  std::optional<TimeInterval> begin_to_end(const Mention& mention, const SentenceScan& sentence) const;
  PlaceChoice choose_places(const Mention& mention, const SentenceScan& sentence,
                            const std::vector<Mention>& mentions) const;
  bool coordinated(std::uint32_t from, std::uint32_t to) const;
  TimeInterval read_time(const TimeHit& hit, const Mention& mention, const SentenceScan& sentence) const;
  TimeInterval lasting(const Mention& mention, const SentenceScan& sentence, const TimeInterval& time) const;
  Decided<TimeInterval> default_time(const Mention& mention) const;
  Ground no_time(const TimeHit& time, const SentenceScan& sentence) const;
  void leave(const Mention& mention, const TimeHit& time, const Ground& ground) const;
  void note_time(const Mention& mention, std::string_view rule) const;
  void note_other_times(const Mention& mention, const TimeChoice& choice, const SentenceScan& sentence) const;
  /// Makes it one of many acts, and says why.
  void spread(Mention& mention, std::string_view rule) const;
  void note_places(const Mention& mention, std::string_view rule) const;
  void note_other_places(const Mention& mention, const PlaceChoice& choice, const SentenceScan& sentence) const;
  Mention branch(const Mention& mention) const;
  std::vector<Mention> set_time(Mention mention, const SentenceScan& sentence, const std::vector<Mention>& mentions);
  std::vector<Mention> set_places(Mention mention, const SentenceScan& sentence, const std::vector<Mention>& mentions);
  PlaceRole role_of(const PlaceHit& place, const Mention& mention, const SentenceScan& sentence) const;
  void set_as_of(Mention& mention) const;
  std::optional<Day> publication_day() const;

  const Scan& scan_;
  const Codebook& codebook_;
  std::vector<Place> title_places_;
  std::optional<TimeInterval> current_time_;
  std::vector<Place> current_places_;
  std::vector<std::string> current_within_;
  bool dateline_read_ = false;
};

/// In a short report whose acts have no day (no place): the only day (place) of the sentences that tell of no act. A
/// post often tells both in a line after the act.
void fill_from_text(std::vector<Mention>& mentions, const Scan& scan);

}  // namespace gavah::code
