#include "code/setting.h"

#include <algorithm>
#include <array>

#include "code/judgement.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kDatelineLimitTokens = 12;
constexpr std::uint32_t kTellingReach = 2;
constexpr std::uint32_t kSinceReach = 4;
constexpr int kBorderCost = 10;
constexpr int kCommaCost = 3;
constexpr int kMentionCost = 6;          ///< for each other mention between
constexpr int kNotBeyond = 45;           ///< tokens and costs beyond which a time or place is not the mention's
constexpr std::size_t kSplitLimit = 12;  ///< places or times of one mention that become claims of their own

bool is_narrow(const TimeInterval& time) { return time.precision <= TimePrecision::week && time.start.has_value(); }

bool contains_place(const Place& outer, const Place& inner) {
  // A site without an id of its own leaves its town beside it, which events are linked by.
  return !outer.id.empty() && !inner.id.empty() && outer.id != inner.id &&
         std::ranges::find(inner.path, outer.id) != inner.path.end();
}

bool is_told_as_done(const Mention& mention) {
  return mention.polarity == Polarity::asserted && mention.stage == Stage::occurred;
}

/// A moment on the calendar, also one that could not be resolved ("on Friday" of an undated report).
bool names_time(const SentenceScan& sentence) {
  return std::ranges::any_of(sentence.times, [](const TimeHit* time) { return time->kind == text::TimeKind::when; });
}

bool is_one_day(const TimeInterval& time) {
  return is_narrow(time) && time.end && time.end->seconds - time.start->seconds <= 86400;
}

bool shares_province(const Place& a, const Place& b) {
  // Country and province stand first on the path.
  return a.path.size() >= 2 && b.path.size() >= 2 && a.path[0] == b.path[0] && a.path[1] == b.path[1];
}

}  // namespace

namespace {

bool leaves_number_open(const Mention& mention) {
  return mention.counts.empty() || !mention.counts.front().low ||
         mention.counts.front().low != mention.counts.front().high;
}

/// Over a month and more a number above one is a sum; without a number only what is told of years speaks of many acts.
bool sums_up_months(const Mention& mention) {
  if (mention.counts.empty()) return mention.time.time.precision >= TimePrecision::wider;
  return std::ranges::any_of(mention.counts, [](const Count& count) { return !count.low || *count.low > 1; });
}

}  // namespace

Settler::Settler(const Scan& scan, const Codebook& codebook, std::vector<Place> title_places)
    : scan_(scan), codebook_(codebook), title_places_(std::move(title_places)) {}

std::optional<Day> Settler::publication_day() const {
  const TimeInterval& published = scan_.report().published;
  if (!published.start || published.precision >= TimePrecision::week) return std::nullopt;
  return published.start->day();
}

void Settler::read_dateline(const SentenceScan& sentence) {
  if (dateline_read_) return;
  dateline_read_ = true;
  if (sentence.places.empty()) return;
  const PlaceHit& place = *sentence.places.front();
  const std::uint32_t limit = std::min(sentence.tokens.past, sentence.tokens.first + kDatelineLimitTokens);
  if (place.first > sentence.tokens.first + 1 || place.past >= limit) return;
  // "NILVAN, 3 May — ..." or «نیلوان — ...»: a place at the very start and a border soon after, with no verb between.
  if (sentence.borders(place.past, limit) == 0) return;
  const bool has_verb = std::ranges::any_of(sentence.triggers, [&](const Hit& hit) {
    return hit.first < limit && sentence.borders(place.past, hit.first) == 0;
  });
  if (!has_verb) current_places_ = {place.place};
}

/// "informs the public that on 15 May ...": the day of what is told.
bool Settler::opens_what_is_told(std::uint32_t from, std::uint32_t to) const {
  for (std::uint32_t i = from; i < to; ++i) {
    if (scan_.folded(i) == "that") return true;
  }
  return false;
}

bool Settler::belongs_to_telling(const TimeHit& time, const SentenceScan& sentence) const {
  return std::ranges::any_of(sentence.cues, [&](const Hit& cue) {
    const bool tells = cue.word->cue == Cue::speech || cue.word->cue == Cue::denial;
    if (!tells) return false;
    if (cue.word->tongue == Tongue::persian) {
      // «از بازداشت ۱۷ نفر در شب گذشته خبر داد»: with "in" it is the day of what is told.
      const bool within = time.first > sentence.tokens.first && scan_.folded(time.first - 1) == "در";
      return !within && time.past <= cue.first && cue.first - time.past <= 1;
    }
    if (time.first >= cue.past && time.first - cue.past <= kTellingReach && sentence.commas(cue.past, time.first) == 0)
      return !opens_what_is_told(cue.past, time.first);
    return time.past <= cue.first && cue.first == time.past && !sentence.actors.empty() &&
           time.first > sentence.tokens.first + 1;
  });
}

bool Settler::is_name_part(const PlaceHit& place, const SentenceScan& sentence) const {
  return std::ranges::any_of(sentence.cues, [&](const Hit& cue) {
    if (cue.word->cue != Cue::outlet) return false;
    // «روزنامه صبح نیلوان»: the name may have a word before the place.
    if (cue.word->tongue == Tongue::persian) return cue.past <= place.first && place.first - cue.past <= 2;
    return cue.first == place.past && !scan_.words(cue.span).empty() && scan_.words(cue.span).front() >= 'A' &&
           scan_.words(cue.span).front() <= 'Z';
  });
}

int Settler::distance(const Mention& mention, std::uint32_t first, std::uint32_t past, const SentenceScan& sentence,
                      const std::vector<Mention>& mentions) const {
  const Hit& trigger = mention.trigger;
  const std::uint32_t left = first >= trigger.past ? trigger.past : past;
  const std::uint32_t right = first >= trigger.past ? first : trigger.first;
  int cost = right > left ? static_cast<int>(right - left) : 0;
  if (right > left) cost += kBorderCost * sentence.borders(left, right) + kCommaCost * sentence.commas(left, right);
  for (const Mention& other : mentions) {
    if (other.trigger.first >= left && other.trigger.past <= right && other.trigger.first != trigger.first)
      cost += kMentionCost;
  }
  return cost;
}

bool Settler::coordinated(std::uint32_t from, std::uint32_t to) const {
  constexpr std::array<std::string_view, 9> kJoining{",", "and", "again", "in", "or", "و", "در", "at", "then"};
  if (to < from || to - from > 5) return false;
  for (std::uint32_t i = from; i < to; ++i) {
    if (std::ranges::find(kJoining, scan_.folded(i)) == kJoining.end()) return false;
  }
  return to > from;
}

/// "students from Nilvan", "the road to Nilvan": where somebody comes from or something leads is not where it happened.
int Settler::direction_cost(const PlaceHit& place, const Mention& mention, const SentenceScan& sentence) const {
  constexpr int kDirectionCost = 12;
  if (place.first == sentence.tokens.first || codebook_.acts()[mention.act].key == "march") return 0;
  const auto before = scan_.folded(place.first - 1);
  return before == "to" || before == "from" ? kDirectionCost : 0;
}

/// "NILVAN, 3 May 1990 -- ...": the day on which the text was sent, when it is the day of publication.
bool Settler::is_of_dateline(const TimeHit& time, const SentenceScan& sentence) const {
  if (sentence.index != 0 || time.past > sentence.tokens.first + kDatelineLimitTokens) return false;
  const auto published = publication_day();
  if (!published || !is_one_day(time.time) || time.time.start->day() != *published) return false;
  const bool placed =
      std::ranges::any_of(sentence.places, [&](const PlaceHit* place) { return place->past <= time.first; });
  const std::uint32_t limit = std::min(sentence.tokens.past, sentence.tokens.first + 2 * kDatelineLimitTokens);
  return placed && sentence.borders(sentence.tokens.first, time.first) == 0 && sentence.borders(time.past, limit) > 0;
}

Settler::TimeChoice Settler::choose_time(const Mention& mention, const SentenceScan& sentence,
                                         const std::vector<Mention>& mentions) const {
  TimeChoice choice;
  int best = kNotBeyond;
  for (const TimeHit* time : sentence.times) {
    if (const Ground ground = no_time(*time, sentence)) {
      leave(mention, *time, ground);
      continue;
    }
    if (belongs_to_condition(*time, mention, sentence)) {
      leave(mention, *time, {"it is the day of the condition"});
      continue;
    }
    if (is_of_another(*time, mention, sentence)) {
      leave(mention, *time, {"it is another act's, long past"});
      continue;
    }
    const int cost = distance(mention, time->first, time->past, sentence, mentions);
    if (cost < best) {
      best = cost;
      choice.hit = time;
    }
  }
  if (choice.hit == nullptr) return choice;
  std::vector<const TimeHit*> run;
  for (const TimeHit* time : sentence.times) {
    const bool joins = !run.empty() && coordinated(run.back()->past, time->first);
    if (!joins && std::ranges::find(run, choice.hit) != run.end()) break;
    if (!joins) run.clear();
    run.push_back(time);
  }
  choice.list = std::ranges::find(run, choice.hit) != run.end() ? run : std::vector<const TimeHit*>{choice.hit};
  return choice;
}

/// Notes the times that are not the mention's because another is.
void Settler::note_other_times(const Mention& mention, const TimeChoice& choice, const SentenceScan& sentence) const {
  if (scan_.trace() == nullptr) return;
  for (const TimeHit* time : sentence.times) {
    if (std::ranges::find(choice.list, time) != choice.list.end() || no_time(*time, sentence)) continue;
    leave(mention, *time,
          {choice.hit != nullptr
               ? "another time stands nearer to the words of the act, by words, clauses and acts between"
               : "it stands too far from the words of the act"});
  }
}

void Settler::note_other_places(const Mention& mention, const PlaceChoice& choice, const SentenceScan& sentence) const {
  if (scan_.trace() == nullptr) return;
  for (const PlaceHit* place : sentence.places) {
    if (std::ranges::find(choice.list, place) != choice.list.end()) continue;
    std::string_view rule = choice.list.empty() ? "it stands too far from the words of the act"
                                                : "another place stands nearer to the words of the act";
    if (std::ranges::find(choice.within, place->place.id) != choice.within.end())
      rule = "it only says where the smaller place is";
    if (is_name_part(*place, sentence)) rule = "it is part of the name of an outlet or a body";
    scan_.trace()->reject(mention.trail, Slot::place, trace_value(place->place), {rule}, place->place.span);
  }
}

/// Why a time is none that an act could have; nothing when it may be.
Ground Settler::no_time(const TimeHit& time, const SentenceScan& sentence) const {
  if (time.kind != text::TimeKind::when) return {"it is a length of time or recurs"};
  if (belongs_to_telling(time, sentence)) return {"it says when it was told"};
  if (is_of_dateline(time, sentence)) return {"it is the dateline's, which says when the report was sent"};
  if (!time.time.start && !time.time.end) return {"it cannot be resolved: the report has no date to count from"};
  return {};
}

void Settler::leave(const Mention& mention, const TimeHit& time, const Ground& ground) const {
  if (scan_.trace() != nullptr)
    scan_.trace()->reject(mention.trail, Slot::time, trace_value(time.time), ground, time.time.span);
}

void Settler::note_time(const Mention& mention, std::string_view rule) const {
  if (scan_.trace() != nullptr)
    scan_.trace()->take(mention.trail, Slot::time, trace_value(mention.time.time), {rule}, mention.time.time.span);
}

void Settler::spread(Mention& mention, std::string_view rule) const {
  mention.umbrella = true;
  if (scan_.trace() != nullptr) scan_.trace()->take(mention.trail, Slot::umbrella, "many acts", {rule});
}

void Settler::note_places(const Mention& mention, std::string_view rule) const {
  if (scan_.trace() == nullptr) return;
  if (mention.places.empty()) scan_.trace()->take(mention.trail, Slot::place, "unknown", {rule});
  for (const Place& place : mention.places)
    scan_.trace()->take(mention.trail, Slot::place, trace_value(place), {rule}, place.span);
}

/// A mention that one of several places or times of a list is given to.
Mention Settler::branch(const Mention& mention) const {
  Mention one = mention;
  if (scan_.trace() != nullptr) one.trail = scan_.trace()->grow(mention.trail);
  return one;
}

/// "If wages are not paid by Saturday, we will strike": the day of the condition.
bool Settler::belongs_to_condition(const TimeHit& time, const Mention& mention, const SentenceScan& sentence) const {
  if (mention.stage != Stage::threatened || time.past > mention.trigger.first) return false;
  if (sentence.commas(time.past, mention.trigger.first) == 0) return false;
  return std::ranges::any_of(sentence.cues, [&](const Hit& cue) {
    return cue.word->cue == Cue::condition && cue.past <= time.first && sentence.commas(cue.past, time.first) == 0;
  });
}

/// "killed a policeman during last summer's unrest": the summer is the unrest's.
bool Settler::is_of_another(const TimeHit& time, const Mention& mention, const SentenceScan& sentence) const {
  if (!is_old(time, scan_) || owner_of(mention.trigger, sentence, scan_) == &time) return false;
  return std::ranges::any_of(sentence.triggers,
                             [&](const Hit& other) { return owner_of(other, sentence, scan_) == &time; });
}

/// "Lale Square in the town of Nilvan": the larger one says where the smaller one is.
bool Settler::is_around(const PlaceHit& outer, const PlaceHit& inner) const {
  constexpr std::uint32_t kAroundReach = 5;
  if (contains_place(outer.place, inner.place)) return true;
  if (outer.place.precision <= inner.place.precision || !shares_province(outer.place, inner.place)) return false;
  const std::uint32_t from = std::min(outer.past, inner.past);
  const std::uint32_t to = std::max(outer.first, inner.first);
  if (to < from || to - from > kAroundReach) return false;
  for (std::uint32_t i = from; i < to; ++i) {
    const auto word = scan_.folded(i);
    if (word == "and" || word == "و" || word == ";" || word == "or") return false;
  }
  return true;
}

/// Drops places named twice and areas around another place of the list, whose ids go to `within`.
Settler::PlaceChoice Settler::smallest(const std::vector<const PlaceHit*>& places) const {
  PlaceChoice out;
  for (const PlaceHit* place : places) {
    const bool around =
        std::ranges::any_of(places, [&](const PlaceHit* other) { return other != place && is_around(*place, *other); });
    const bool seen = std::ranges::any_of(out.list, [&](const PlaceHit* other) {
      return !place->place.id.empty() && other->place.id == place->place.id;
    });
    if (around) out.within.push_back(place->place.id);
    if (!around && !seen) out.list.push_back(place);
  }
  return out;
}

Settler::PlaceChoice Settler::choose_places(const Mention& mention, const SentenceScan& sentence,
                                            const std::vector<Mention>& mentions) const {
  const PlaceHit* nearest = nullptr;
  int best = kNotBeyond;
  std::vector<const PlaceHit*> usable;
  for (const PlaceHit* place : sentence.places) {
    if (is_name_part(*place, sentence)) continue;
    usable.push_back(place);
    const int cost =
        distance(mention, place->first, place->past, sentence, mentions) + direction_cost(*place, mention, sentence);
    if (cost < best) {
      best = cost;
      nearest = place;
    }
  }
  if (nearest == nullptr) return {};
  // Everything joined to the nearest one: lists ("in A and B") and areas around it ("Lale Square in Nilvan").
  std::vector<const PlaceHit*> group{nearest};
  for (const PlaceHit* place : usable) {
    if (place == nearest) continue;
    const std::uint32_t apart = std::max(place->first, nearest->first) - std::min(place->past, nearest->past);
    // "Dorang prison near Nilvan", not "... prison after police arrested them in Nilvan".
    const bool around = apart <= 2 && (is_around(*nearest, *place) || is_around(*place, *nearest));
    const bool nested =
        around || contains_place(place->place, nearest->place) || contains_place(nearest->place, place->place);
    const std::uint32_t from = std::min(place->past, nearest->past);
    const std::uint32_t to = std::max(place->first, nearest->first);
    if (nested || coordinated(from, to)) group.push_back(place);
  }
  // Lists of three and more are joined to each other, not all to the nearest.
  for (const PlaceHit* place : usable) {
    const bool in = std::ranges::find(group, place) != group.end();
    const bool joined = std::ranges::any_of(group, [&](const PlaceHit* other) {
      return coordinated(std::min(place->past, other->past), std::max(place->first, other->first));
    });
    if (!in && joined) group.push_back(place);
  }
  std::ranges::sort(group, {}, &PlaceHit::first);
  return smallest(group);
}

TimeInterval Settler::read_time(const TimeHit& hit, const Mention& mention, const SentenceScan& sentence) const {
  const bool ahead =
      mention.stage == Stage::planned || mention.stage == Stage::threatened || mention.stage == Stage::cancelled;
  TimeInterval time = ahead ? hit.future : hit.time;
  const bool lasts = mention.stage == Stage::continuing;
  const bool since = std::ranges::any_of(sentence.cues,
                                         [&](const Hit& cue) {
                                           return cue.word->cue == Cue::since && cue.past <= hit.first &&
                                                  hit.first - cue.past <= kSinceReach;
                                         }) ||
                     (lasts && is_start(hit, sentence, scan_));
  if (!since || !time.start) return time;
  const TimeInterval& published = scan_.report().published;
  time.end = published.end;
  if (!lasts) time.precision = TimePrecision::wider;
  return time;
}

/// "for ten days", "its tenth day", «دهمین روز»: how far back a lasting act reaches from `time` or the publication.
TimeInterval Settler::lasting(const Mention& mention, const SentenceScan& sentence, const TimeInterval& time) const {
  const auto days = sentence.length_days;
  const bool lasts = mention.stage == Stage::continuing || mention.stage == Stage::ended;
  if (!days || !lasts || *days <= 0) return time;
  Day last;
  // "Entered its fourth day" without a date: that is the day of the report, not the default.
  if (is_narrow(time) && (time.span || !publication_day())) {
    last = time.start->day();
  } else if (const auto published = publication_day()) {
    last = *published;
  } else {
    return time;
  }
  TimeInterval wide = TimeInterval::of_days(last.plus(-*days), last.plus(1), TimePrecision::day_resolved);
  wide.phrase = time.phrase;
  wide.span = time.span;
  const TokenRange& words = sentence.length_words;
  if (!wide.span && words.past > words.first) {
    wide.span = scan_.span_of(words.first, words.past);
    wide.phrase = std::string(scan_.words(*wide.span));
  }
  wide.calendar = time.calendar;
  return wide;
}

Decided<TimeInterval> Settler::default_time(const Mention& mention) const {
  const bool threatened = mention.stage == Stage::planned || mention.stage == Stage::threatened;
  if (current_time_ && !threatened)
    return {*current_time_, {"the sentence names none; it is that of a sentence before"}};
  const auto day = publication_day();
  if (threatened || mention.stage == Stage::cancelled)
    return {{}, {"the sentence names none, and what is to come is not on the day of the report"}};
  if (!day) return {{}, {"the sentence names none, and the day of the report is not known"}};
  const auto kind = scan_.report().kind;
  if (kind == ReportKind::article) {
    return {TimeInterval::of_days(day->plus(-1), day->plus(1), TimePrecision::week),
            {"the sentence names none; an article tells of its own day or the one before"}};
  }
  return {TimeInterval::of_day(*day, TimePrecision::day_resolved),
          {"the sentence names none; a post tells of its own day"}};
}

/// "ended on Tuesday a sit-in that had begun on Sunday": from the earliest to the latest day of the sentence.
std::optional<TimeInterval> Settler::begin_to_end(const Mention& mention, const SentenceScan& sentence) const {
  if (mention.stage != Stage::ended) return std::nullopt;
  const bool begins = std::ranges::any_of(sentence.cues, [](const Hit& cue) { return cue.word->cue == Cue::begin; });
  if (!begins) return std::nullopt;
  std::optional<TimeInterval> whole;
  for (const TimeHit* hit : sentence.times) {
    if (hit->kind != text::TimeKind::when || !is_narrow(hit->time) || belongs_to_telling(*hit, sentence)) continue;
    if (!whole) {
      whole = hit->time;
    } else {
      whole->start = std::min(whole->start, hit->time.start);
      whole->end = std::max(whole->end, hit->time.end);
      whole->span =
          Span{std::min(whole->span->begin, hit->time.span->begin), std::max(whole->span->end, hit->time.span->end)};
      whole->phrase = std::string(scan_.words(*whole->span));
    }
  }
  return whole;
}

std::vector<Mention> Settler::set_time(Mention mention, const SentenceScan& sentence,
                                       const std::vector<Mention>& mentions) {
  const TimeChoice choice = choose_time(mention, sentence, mentions);
  note_other_times(mention, choice, sentence);
  if (choice.hit == nullptr) {
    const auto time = default_time(mention);
    mention.time = {lasting(mention, sentence, time.value), false};
    note_time(mention, time.ground.rule);
    return {std::move(mention)};
  }
  if (const auto whole = begin_to_end(mention, sentence)) {
    mention.time = {*whole, true};
    note_time(mention, "it began and ended: from the first to the last day of the sentence");
    return {std::move(mention)};
  }
  std::vector<Mention> out;
  const bool splits = choice.list.size() > 1 && choice.list.size() <= kSplitLimit;
  for (const TimeHit* hit : splits ? choice.list : std::vector<const TimeHit*>{choice.hit}) {
    Mention one = splits ? branch(mention) : mention;
    one.time = {lasting(one, sentence, read_time(*hit, one, sentence)), true};
    note_time(one, splits ? "it is one of several times in a row, each of which is a claim"
                          : "of the times in the sentence it stands nearest to the words of the act");
    out.push_back(std::move(one));
  }
  return out;
}

PlaceRole Settler::role_of(const PlaceHit& place, const Mention& mention, const SentenceScan& sentence) const {
  const auto& act = codebook_.acts()[mention.act];
  const auto before = place.first > sentence.tokens.first ? scan_.folded(place.first - 1) : std::string_view();
  if (act.key == "march") {
    if (before == "from" || before == "از") return PlaceRole::from;
    if (before == "to" || before == "towards" || before == "toward" || before == "تا" || before == "سمت" ||
        before == "سوی")
      return PlaceRole::to;
  }
  if (act.family != "custody") return PlaceRole::at;
  const bool held = std::ranges::any_of(sentence.cues, [&](const Hit& cue) {
    return cue.word->cue == Cue::held_at && cue.past <= place.first + 2 && place.first <= cue.past + 2;
  });
  return held && mention.trigger.past <= place.first ? PlaceRole::held_at : PlaceRole::at;
}

std::vector<Mention> Settler::set_places(Mention mention, const SentenceScan& sentence,
                                         const std::vector<Mention>& mentions) {
  const PlaceChoice choice = choose_places(mention, sentence, mentions);
  note_other_places(mention, choice, sentence);
  if (choice.list.empty()) {
    std::string_view rule = current_places_.empty()
                                ? (title_places_.empty() ? "neither sentence, dateline nor title names one"
                                                         : "the sentence names none; it is the place of the title")
                                : "the sentence names none; it is that of the dateline or of a sentence before";
    mention.places = current_places_.empty() ? title_places_ : current_places_;
    mention.within = current_within_;
    // What happened in many places did not happen in the one town told of before.
    if (mention.umbrella && std::ranges::any_of(mention.places, [](const Place& place) {
          return place.precision < PlacePrecision::province;
        })) {
      mention.places.clear();
      mention.within.clear();
      rule = "many acts did not happen in the one town told of before";
    }
    note_places(mention, rule);
    return {std::move(mention)};
  }
  std::vector<Place> places;
  for (const PlaceHit* hit : choice.list) {
    places.push_back(hit->place);
    places.back().role = role_of(*hit, mention, sentence);
  }
  mention.own_place = true;
  mention.within = choice.within;
  const auto at = static_cast<std::size_t>(std::ranges::count(places, PlaceRole::at, &Place::role));
  if (at < 2 || at != places.size() || at > kSplitLimit) {
    mention.places = std::move(places);
    note_places(mention, "of the places in the sentence it stands nearest to the words of the act, or is joined to it");
    return {std::move(mention)};
  }
  // One number for several towns, or a plural, speaks of all of them at once.
  if (mention.umbrella || !mention.counts.empty()) {
    spread(mention, "one number or a plural speaks of several places together");
    mention.places = std::move(places);
    note_places(mention, "it is one of several places in a row, which one number or a plural speaks of together");
    return {std::move(mention)};
  }
  std::vector<Mention> out;
  for (auto& place : places) {
    Mention one = branch(mention);
    one.places = {std::move(place)};
    note_places(one, "it is one of several places in a row, each of which is a claim");
    out.push_back(std::move(one));
  }
  return out;
}

void Settler::set_as_of(Mention& mention) const {
  const auto day = publication_day();
  for (Count& count : mention.counts) {
    if (count.scope == CountScope::this_act || !day) continue;
    count.as_of = TimeInterval::of_day(*day, TimePrecision::day_resolved);
  }
}

void Settler::read_heading(const SentenceScan& sentence) {
  constexpr std::uint32_t kHeadingLimitTokens = 5;
  read_dateline(sentence);
  if (sentence.tokens.past - sentence.tokens.first > kHeadingLimitTokens || sentence.places.size() != 1) return;
  if (is_name_part(*sentence.places.front(), sentence)) return;
  current_places_ = {sentence.places.front()->place};
  current_within_.clear();
}

void Settler::settle(std::vector<Mention>& mentions, const SentenceScan& sentence) {
  read_dateline(sentence);
  std::vector<Mention> out;
  for (const Mention& mention : mentions) {
    for (Mention& timed : set_time(mention, sentence, mentions)) {
      for (Mention& placed : set_places(std::move(timed), sentence, mentions)) {
        const bool lists_years = placed.time.own && placed.time.time.precision >= TimePrecision::month;
        const bool vague = sentence.tongue == Tongue::english ? leaves_number_open(placed) : sums_up_months(placed);
        if (lists_years && (placed.plural || vague))
          spread(placed, "it is plural or its number is open, and its time is a month or more");
        const bool sums_up =
            std::ranges::any_of(placed.counts, [](const Count& count) { return count.scope == CountScope::since; });
        if (sums_up) spread(placed, "its number is a sum since some day");
        const bool dateless = placed.time.time.is_unknown() && !placed.time.time.start && !placed.time.time.end;
        // An undated essay that names neither day nor number speaks of acts in general.
        const bool dated = publication_day().has_value() && sentence.tongue != Tongue::english;
        const bool general =
            scan_.report().published.precision == TimePrecision::wider || (placed.places.empty() && !dated);
        const bool unnumbered = placed.counts.empty() && placed.persons.empty() && !names_time(sentence);
        if (dateless && general && unnumbered && is_told_as_done(placed))
          spread(placed, "no day, person or number is named, and the report tells of acts in general");
        set_as_of(placed);
        out.push_back(std::move(placed));
      }
    }
  }
  mentions = std::move(out);
  for (const Mention& mention : mentions) {
    if (mention.stage == Stage::planned || mention.stage == Stage::threatened) continue;
    if (mention.time.own && is_one_day(mention.time.time)) current_time_ = mention.time.time;
    if (mention.own_place && !mention.umbrella) {
      current_places_ = mention.places;
      current_within_ = mention.within;
    }
  }
}

namespace {

bool tells_of_act(const SentenceScan& sentence, const std::vector<Mention>& mentions) {
  return std::ranges::any_of(mentions, [&](const Mention& mention) { return mention.sentence == sentence.index; });
}

/// The only moment of the sentences that tell of no act; nothing when they name several. In the others the words around
/// a day say whose it is ("said on Tuesday").
const TimeHit* only_time(const Scan& scan, const std::vector<Mention>& mentions) {
  const TimeHit* only = nullptr;
  for (const SentenceScan& sentence : scan.sentences()) {
    if (tells_of_act(sentence, mentions)) continue;
    for (const TimeHit* time : sentence.times) {
      if (time->kind != text::TimeKind::when || !is_narrow(time->time)) continue;
      if (only != nullptr && only->time.start != time->time.start) return nullptr;
      if (only == nullptr) only = time;
    }
  }
  return only;
}

/// A facility that is known by its town alone, which is another place of the text.
bool is_site_alone(const Place& place) { return place.id.empty() && !place.path.empty(); }

const PlaceHit* only_place(const Scan& scan, const std::vector<Mention>& mentions) {
  const PlaceHit* only = nullptr;
  for (const SentenceScan& sentence : scan.sentences()) {
    if (tells_of_act(sentence, mentions)) continue;
    for (const PlaceHit* place : sentence.places) {
      if (is_site_alone(place->place)) continue;
      if (place->place.id.empty() || (only != nullptr && only->place.id != place->place.id)) return nullptr;
      if (only == nullptr) only = place;
    }
  }
  return only;
}

}  // namespace

void fill_from_text(std::vector<Mention>& mentions, const Scan& scan) {
  constexpr std::size_t kShortReportSentences = 8;
  if (scan.sentences().size() > kShortReportSentences || mentions.empty()) return;
  const bool timeless =
      std::ranges::none_of(mentions, [](const Mention& one) { return one.time.time.span.has_value(); });
  const bool placeless = std::ranges::none_of(mentions, [](const Mention& one) { return !one.places.empty(); });
  const TimeHit* time = timeless ? only_time(scan, mentions) : nullptr;
  const PlaceHit* place = placeless ? only_place(scan, mentions) : nullptr;
  for (Mention& mention : mentions) {
    if (time != nullptr) {
      const bool ahead = mention.stage == Stage::planned || mention.stage == Stage::threatened;
      mention.time = {ahead ? time->future : time->time, false};
      if (scan.trace() != nullptr)
        scan.trace()->take(mention.trail, Slot::time, trace_value(mention.time.time),
                           {"it is the only day that the text names"}, mention.time.time.span);
    }
    if (place != nullptr) {
      mention.places = {place->place};
      if (scan.trace() != nullptr)
        scan.trace()->take(mention.trail, Slot::place, trace_value(place->place),
                           {"it is the only place that the text names"}, place->place.span);
    }
  }
}

}  // namespace gavah::code
