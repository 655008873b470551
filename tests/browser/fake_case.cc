#include "browser/fake_case.h"

#include <array>

#include "base/format.h"

namespace gavah::server {

namespace {

constexpr std::int32_t kFirstDay = 18'628;  // 2021-01-01
constexpr std::size_t kDays = 1'200;
constexpr std::uint8_t kTowns = 12;

struct Town {
  std::string_view en;
  std::string_view fa;
  std::int32_t lat_e6;
  std::int32_t lon_e6;
  std::uint16_t area;
};
constexpr std::array<Town, kTowns> kTownList{{{"Ostra", "اوسترا", 41'200'000, 21'100'000, 0},
                                              {"Belhar", "بل‌هار", 41'650'000, 21'900'000, 0},
                                              {"Kesh", "کش", 40'300'000, 22'400'000, 1},
                                              {"Marun", "مارون", 40'000'000, 23'300'000, 1},
                                              {"Tavel", "تاول", 39'400'000, 21'300'000, 2},
                                              {"Old Harbour", "بندر کهنه", 39'100'000, 20'500'000, 2},
                                              {"Sirna", "سیرنا", 38'600'000, 22'700'000, 3},
                                              {"Dovan", "دووان", 38'900'000, 23'900'000, 3},
                                              {"Lirem", "لیرم", 41'900'000, 23'600'000, 4},
                                              {"Qasen", "قاسن", 42'100'000, 24'400'000, 4},
                                              {"Vatra", "واترا", 37'800'000, 21'800'000, 5},
                                              {"Port Emin", "بندر امین", 37'400'000, 22'500'000, 5}}};

/// A repeatable number of `bits` bits for a row and a use of it.
std::uint32_t draw(EventRow row, std::uint32_t use, std::uint32_t limit) {
  std::uint64_t z = (std::uint64_t{row} << 8U) + use + 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return static_cast<std::uint32_t>((z ^ (z >> 31U)) % limit);
}

template <class IdType>
IdType fake_id(EventRow row, std::uint8_t which) {
  std::string raw;
  append_u32_be(raw, row);
  raw.append(12, static_cast<char>(which));
  return IdType::from_bytes(raw);
}

const Town& town_of(EventRow row) { return kTownList[draw(row, 1, kTowns)]; }

EventStatus status_of(EventRow row) {
  constexpr std::array<std::uint32_t, 5> kUpTo{25, 50, 80, 95, 100};
  if (row == 0) return EventStatus::contested;
  const std::uint32_t percent = draw(row, 2, 100);
  std::size_t status = 0;
  while (percent >= kUpTo[status]) ++status;
  return static_cast<EventStatus>(status);
}

std::int32_t day_of(EventRow row) { return kFirstDay + static_cast<std::int32_t>(draw(row, 3, kDays)); }

Extent extent_of(EventRow row) {
  const std::uint32_t percent = draw(row, 4, 100);
  return percent < 90 || row == 0 ? Extent::moment : percent < 97 ? Extent::continuing : Extent::umbrella;
}

std::uint8_t act_of(EventRow row) { return row == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(draw(row, 5, 8)); }

TimePrecision time_precision_of(EventRow row) {
  return row == 0 ? TimePrecision::day_stated : static_cast<TimePrecision>(draw(row, 6, 5));
}

PlacePrecision place_precision_of(EventRow row) {
  return row == 0 ? PlacePrecision::facility : static_cast<PlacePrecision>(draw(row, 7, 4));
}

std::int32_t length_of(EventRow row) {
  if (extent_of(row) != Extent::moment) return 10;
  switch (time_precision_of(row)) {
    case TimePrecision::week:
      return 7;
    case TimePrecision::month:
      return 30;
    default:
      return 1;
  }
}

Count count_of(std::string_view kind, std::optional<std::int64_t> low, std::optional<std::int64_t> high,
               std::string_view phrase) {
  Count count;
  count.kind = kind;
  count.low = low;
  count.high = high;
  count.phrase = phrase;
  return count;
}

/// One report's words about the event, and the number of dead that it gives.
struct Telling {
  std::string_view source;
  std::string_view kind;
  std::string_view family;
  std::string_view lang;
  std::string_view before;
  std::string_view trigger;
  std::string_view between;
  std::string_view number;
  std::string_view after;
  std::int64_t killed;
  Polarity polarity;
  std::uint8_t lineage;
};
constexpr std::array<Telling, 4> kTellings{
    {{"Ostra Eyewitness", "channel", "", "fa", "ساعت شش عصر مأموران به جمعیت ", "تیراندازی کردند", " و دست‌کم ",
      "پنج نفر", " کشته شدند. آرمان دلیر، یکی از کشته‌شدگان، دانشجو بود.",
      5, Polarity::asserted, 1},
     {"Harbor Gazette", "outlet", "", "en", "A channel in Ostra says that security forces ", "opened fire",
      " and that ", "five people", " were killed. The report could not be checked.", 5, Polarity::asserted, 1},
     {"Velmara Rights List", "organisation", "rights-list", "en", "In the square the police ", "fired on",
      " the crowd; ", "three people", " are named in our list, among them Arman Dalir, a student.", 3,
      Polarity::asserted, 2},
     {"National News Agency", "state outlet", "state", "fa", "فرماندار گفت که در میدان کسی ", "کشته نشده است",
      " و شمار کشته‌ها ", "صفر", " است.", 0, Polarity::denied, 3}}};

void add_mark(Passage& passage, std::string_view words, std::string slot, const ClaimId& claim) {
  const std::size_t at = passage.text.find(words);
  if (words.empty() || at == std::string::npos) return;
  const auto begin = static_cast<std::uint32_t>(at);
  passage.marks.push_back({Span{begin, begin + static_cast<std::uint32_t>(words.size())}, std::move(slot), claim});
}

Passage passage_of(const Telling& telling, const ClaimId& claim) {
  Passage passage;
  passage.text = std::string(telling.before)
                     .append(telling.trigger)
                     .append(telling.between)
                     .append(telling.number)
                     .append(telling.after);
  passage.lang = telling.lang;
  passage.offset_bytes = 182;
  passage.total_bytes = 1'204;
  add_mark(passage, telling.trigger, "trigger", claim);
  add_mark(passage, telling.number, "count:killed", claim);
  add_mark(passage, "Arman Dalir", "person", claim);
  add_mark(passage, "آرمان دلیر", "person", claim);
  return passage;
}

std::size_t telling_count(EventRow row) { return row == 0 ? 4 : 1 + draw(row, 8, 4); }

void add_telling(EventPage& page, EventRow row, std::uint8_t number) {
  const Telling& telling = kTellings[number];
  const Day day{day_of(row)};
  ReportCard card;
  card.id = fake_id<ReportId>(row, static_cast<std::uint8_t>(number + 0x20));
  card.capture = fake_id<CaptureId>(row, static_cast<std::uint8_t>(number + 0x40));
  card.kind = number == 0 ? ReportKind::message : ReportKind::article;
  card.source = card.source_name = telling.source;
  card.source_kind = telling.kind;
  card.family = telling.family;
  card.lineage = fake_id<LineageId>(row, telling.lineage);
  card.published = TimeInterval::of_day(day.plus(number), TimePrecision::day_stated);
  card.captured = Instant{Instant::at_start_of(day.plus(number + 1)).seconds + 40'000};
  card.title = number == 1 ? "Shots in Ostra, says a channel" : "";
  card.url = gavah::format("https://source{}.example/{}", number, row);
  card.lang = telling.lang;
  ClaimRow claim;
  claim.claim.id = fake_id<ClaimId>(row, static_cast<std::uint8_t>(number + 0x60));
  claim.claim.report = card.id;
  claim.claim.anchor = Anchor{card.capture, 0, ByteRange{182, 226}};
  claim.claim.act = "shooting";
  claim.claim.polarity = telling.polarity;
  claim.claim.time = TimeInterval::of_day(day, TimePrecision::day_stated);
  claim.claim.counts = {count_of("killed", telling.killed, telling.killed, telling.number)};
  if (number == 2) claim.claim.counts.push_back(count_of("arrested", 12, std::nullopt, "at least twelve"));
  claim.claim.confidence = {810};
  if (number % 2 == 0) claim.claim.persons = {Person{"Arman Dalir", "victim", 22, "killed", std::nullopt}};
  claim.passage = passage_of(telling, claim.claim.id);
  page.claims.push_back(std::move(claim));
  page.reports.push_back(std::move(card));
}

void add_lineages(EventPage& page, EventRow row) {
  for (std::uint8_t number = 1; number <= 3; ++number) {
    Lineage lineage;
    lineage.id = fake_id<LineageId>(row, number);
    for (const auto& report : page.reports) {
      if (report.lineage == lineage.id) lineage.reports.push_back(report.id);
    }
    if (lineage.reports.empty()) continue;
    lineage.origin = lineage.reports.front();
    lineage.kind = LineageKind::translation;
    if (lineage.reports.size() > 1) lineage.why = {"names the channel as its only source, one day later"};
    page.lineages.push_back(std::move(lineage));
  }
}

std::vector<EventCount> counts_of(EventRow row) {
  std::vector<EventCount> counts;
  const std::size_t tellings = telling_count(row);
  for (std::uint8_t number = 0; number < tellings; ++number) {
    if (number == 1) continue;
    const Telling& telling = kTellings[number];
    counts.push_back({count_of("killed", telling.killed, telling.killed, telling.number),
                      fake_id<LineageId>(row, telling.lineage), ""});
  }
  const std::int64_t low = tellings > 3 ? 0 : tellings > 2 ? 3 : 5;
  counts.push_back({count_of("killed", low, 5, ""), std::nullopt, "range-over-lineages"});
  if (tellings > 2) {
    counts.push_back({count_of("arrested", 12, std::nullopt, "at least twelve"), fake_id<LineageId>(row, 2), ""});
    counts.push_back({count_of("arrested", 12, std::nullopt, ""), std::nullopt, "range-over-lineages"});
  }
  return counts;
}

Decision decision_of(const EventPage& page, EventRow row) {
  Decision decision;
  decision.id = fake_id<DecisionId>(row, 0x70);
  decision.verb = Verb::verify;
  if (page.claims.front().claim.anchor) decision.anchors = {*page.claims.front().claim.anchor};
  decision.value = "two readers compared the list of names with the hospital's notice";
  decision.reason = "names and ages agree";
  decision.by = "reader-2";
  decision.day = Day{day_of(row) + 9};
  decision.leaf = 4'190;
  return decision;
}

}  // namespace

Labels fake_labels() {
  Labels labels;
  labels.acts = {{"shooting", "Shooting", "تیراندازی"},   {"demonstration", "Demonstration", "تظاهرات"},
                 {"strike", "Strike", "اعتصاب"},          {"arrest", "Arrest", "بازداشت"},
                 {"arson", "Setting on fire", "آتش زدن"}, {"banner", "Banner or graffiti", "شعارنویسی"},
                 {"execution", "Execution", "اعدام"},     {"hunger-strike", "Hunger strike", "اعتصاب غذا"}};
  labels.sides = {{"protest", "Protest", "معترضان"}, {"state", "State", "حکومت"}, {"unknown", "Unknown", "نامعلوم"}};
  labels.source_kinds = {{"outlet", "Outlet", "رسانه"},
                         {"channel", "Channel", "کانال"},
                         {"state outlet", "State outlet", "رسانهٔ حکومتی"},
                         {"organisation", "Organisation", "سازمان"}};
  const std::array<std::pair<std::string_view, std::string_view>, 6> names{{{"Northmark", "شمال‌مرز"},
                                                                            {"Kesh Valley", "درهٔ کش"},
                                                                            {"Western Shore", "کرانهٔ باختری"},
                                                                            {"Sirna", "سیرنا"},
                                                                            {"High Lirem", "لیرم بالا"},
                                                                            {"South Bay", "خلیج جنوبی"}}};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Town& town = kTownList[i * 2];
    labels.areas.push_back(
        {{gavah::format("VM-{:02}", i + 1), std::string(names[i].first), std::string(names[i].second)},
         mercator_from(town.lat_e6 + 150'000, town.lon_e6 + 400'000)});
  }
  return labels;
}

void fill_fake_columns(EventColumns& events, std::size_t count) {
  events.reserve(count);
  for (EventRow row = 0; row < count; ++row) {
    const Town& town = town_of(row);
    const PlacePrecision precision = place_precision_of(row);
    const bool exact = precision == PlacePrecision::facility || precision == PlacePrecision::town;
    const auto jitter = [&](std::uint32_t use) { return static_cast<std::int32_t>(draw(row, use, 60'000)); };
    const MercatorPoint point =
        exact ? mercator_from(town.lat_e6 + jitter(9), town.lon_e6 + jitter(10)) : MercatorPoint{};
    const bool undated = row % 37 == 36;
    events.id.push_back(fake_id<EventId>(row, 0));
    events.x.push_back(point.x);
    events.y.push_back(point.y);
    events.first_day.push_back(undated ? kNoDay : day_of(row));
    events.last_day.push_back(undated ? kNoDay : day_of(row) + length_of(row) - 1);
    events.area.push_back(row % 41 == 40 ? kNoArea : town.area);
    events.lineages.push_back(static_cast<std::uint16_t>(std::min<std::size_t>(3, telling_count(row))));
    events.sources.push_back(static_cast<std::uint16_t>((1U << telling_count(row)) - 1U));
    events.act.push_back(act_of(row));
    events.side.push_back(act_of(row) == 0 || act_of(row) == 3 || act_of(row) == 6 ? 1 : 0);
    events.status.push_back(static_cast<std::uint8_t>(status_of(row)));
    events.extent.push_back(static_cast<std::uint8_t>(extent_of(row)));
    events.time_precision.push_back(
        static_cast<std::uint8_t>(undated ? TimePrecision::unknown : time_precision_of(row)));
    events.place_precision.push_back(static_cast<std::uint8_t>(precision));
  }
}

EventRow fake_row(const EventId& id) {
  return static_cast<EventRow>(id.bytes[0]) << 24U | static_cast<EventRow>(id.bytes[1]) << 16U |
         static_cast<EventRow>(id.bytes[2]) << 8U | id.bytes[3];
}

EventSummary fake_summary(const Snapshot& snapshot, EventRow row) {
  const EventColumns& events = snapshot.events;
  const Town& town = town_of(row);
  EventSummary summary;
  Event& event = summary.event;
  event.id = events.id[row];
  event.act = snapshot.labels.acts[events.act[row]].key;
  event.side = snapshot.labels.sides[events.side[row]].key;
  event.extent = extent_of(row);
  if (events.first_day[row] != kNoDay) {
    event.time =
        TimeInterval::of_days(Day{events.first_day[row]}, Day{events.last_day[row] + 1}, time_precision_of(row));
  }
  Place place;
  place.precision = place_precision_of(row);
  place.name = town.en;
  if (events.x[row] != kNowhere) place.coordinates = Coordinates{town.lat_e6, town.lon_e6};
  if (events.area[row] != kNoArea) place.path = {"VM", snapshot.labels.areas[events.area[row]].label.key};
  event.places = {place};
  event.counts = counts_of(row);
  event.lineage_count = events.lineages[row];
  event.report_count = static_cast<std::uint32_t>(telling_count(row));
  event.status = status_of(row);
  const bool exact = events.x[row] != kNowhere;
  const auto& area = snapshot.labels.areas[town.area].label;
  summary.place_en = exact ? gavah::format("{}, {}", town.en, area.en) : area.en;
  summary.place_fa = exact ? gavah::format("{}، {}", town.fa, area.fa) : area.fa;
  return summary;
}

EventPage fake_page(const Snapshot& snapshot, EventRow row) {
  EventPage page;
  page.summary = fake_summary(snapshot, row);
  page.leaf = 5'000 + row;
  for (std::uint8_t number = 0; number < telling_count(row); ++number) add_telling(page, row, number);
  add_lineages(page, row);
  for (const auto& claim : page.claims) page.summary.event.claims.push_back(claim.claim.id);
  if (page.summary.event.status == EventStatus::verified || row == 0) page.decisions = {decision_of(page, row)};
  if (page.summary.event.extent == Extent::umbrella) {
    for (EventRow part = row + 1; part < row + 4 && part < snapshot.events.size(); ++part) {
      page.parts.push_back(fake_summary(snapshot, part));
    }
  }
  return page;
}

Evidence fake_evidence(const ClaimRow& claim, const EventPage& page) {
  Evidence evidence;
  evidence.claim = claim.claim.id;
  evidence.passage = claim.passage;
  evidence.passage_check = {StepState::holds, "the bytes decode to these words"};
  for (const auto& report : page.reports) {
    if (report.id == claim.claim.report) evidence.capture = report.capture;
  }
  evidence.bytes = ByteRange{182, 226};
  evidence.capture_name = gavah::format("{}.html", evidence.capture.hex().substr(0, 10));
  evidence.digest = sha256(evidence.capture.view());
  const bool rotten = evidence.capture.bytes[3] % 10 == 9;
  evidence.digest_check = rotten ? Check{StepState::fails, "the stored bytes hash to another value"}
                                 : Check{StepState::holds, "the stored bytes were hashed again"};
  evidence.leaf = 4'182 + evidence.capture.bytes[15];
  evidence.leaf_check = {StepState::holds, "the inclusion proof holds"};
  return evidence;
}

CapturePage fake_capture(const Snapshot& snapshot, const EventPage& page, const ClaimRow& claim,
                         const ReportCard& report) {
  const Evidence evidence = fake_evidence(claim, page);
  CapturePage out;
  out.capture.id = report.capture;
  out.capture.name = evidence.capture_name;
  out.capture.format = "warc";
  out.capture.size_bytes = 48'220;
  out.capture.digest = evidence.digest;
  out.capture.added = *report.captured;
  out.capture.about.url = report.url;
  out.capture.about.collector = "desk-1";
  out.capture.part_count = 1;
  out.capture.leaf = evidence.leaf;
  out.part.capture = report.capture;
  out.part.chain = {
      {ByteRange{1'204, 48'220}, "gzip"}, {ByteRange{312, 90'112}, "http"}, {ByteRange{0, 89'800}, "dechunk"}};
  out.part.format = "html";
  out.part.media_type = "text/html";
  out.part.charset = "utf-8";
  out.part.url = report.url;
  out.part.captured = report.captured;
  out.part.size_bytes = 89'412;
  out.part.digest = sha256("part", evidence.digest.view());
  out.part.hints = {{"warc_record", "urn:uuid:7a1c5e0e-0000-4000-8000-000000000000"}, {"http_status", "200"}};
  out.parts = {out.part};
  out.reports = {report};
  out.texts = {claim.passage};
  out.claims = {claim.claim};
  out.events = {page.summary.event.id};
  out.digest_check = evidence.digest_check;
  out.head = snapshot.head;
  out.leaf_check = evidence.leaf_check;
  for (int level = 0; level < 14; ++level) out.inclusion_hex.push_back(sha256(gavah::format("node {}", level)).hex());
  out.leaf_hash_hex = sha256("leaf", evidence.digest.view()).hex();
  for (const auto& other : page.reports) {
    if (other.lineage == report.lineage && other.id != report.id) {
      out.neighbours.push_back({other.capture, 0, std::string(other.source), "near-duplicate text"});
    }
  }
  return out;
}

}  // namespace gavah::server
