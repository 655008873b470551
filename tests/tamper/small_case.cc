#include "small_case.h"

#include <algorithm>

#include "base/check.h"
#include "base/format.h"

namespace gavah::tests {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().sentence());
    GAVAH_CHECK(result.has_value());
  }
  return *std::move(result);
}

PlacePrecision precision_of(const std::vector<std::string>& path) {
  if (path.empty()) return PlacePrecision::unknown;
  if (path.size() == 1) return PlacePrecision::country;
  return path.size() == 2 ? PlacePrecision::province : PlacePrecision::town;
}

std::vector<Place> place_of(const EventWords& words) {
  Place place;
  place.path = words.place;
  place.precision = precision_of(words.place);
  if (!words.place.empty()) place.id = place.name = words.place.back();
  return {place};
}

TimeInterval time_of(const EventWords& words) {
  const auto day = Day::parse(words.day);
  return day ? TimeInterval::of_day(*day, TimePrecision::day_stated) : TimeInterval{};
}

proof::Signer make_signer(const std::string& name, std::uint64_t seed) {
  SeededRandom random(seed);
  return must(proof::Signer::generate(name, random));
}

}  // namespace

SmallCase::SmallCase(std::uint64_t seed, const std::string& continues)
    : log_signer(make_signer("case.example/small", seed * 2)),
      release_signer(make_signer("case.example/release", seed * 2 + 1)),
      random(seed) {
  if (!continues.empty()) {
    proof::Entry key;
    key.type = proof::LeafType::key;
    key.bind = sha256(continues);
    key.set("reason", std::string("the log before was lost in part"));
    bound_files[key.bind->hex()] = continues;
    seal(key);
  }
  sources.push_back({"harbour-gazette", "Harbour Gazette", "outlet", "harbour", "en", {}, {}, "invented"});
  sources.push_back({"@rooftops", "Rooftops", "account", "", "fa", {}, {}, "invented"});
  for (const Source& source : sources) seal(proof::source_entry(source, "desk"));
}

std::size_t SmallCase::add_capture(const std::vector<std::string>& texts, const std::string& source) {
  publish::CaptureParts taken;
  Capture& capture = taken.capture;
  capture.id = CaptureId::from_bytes(random.bytes(16));
  capture.name = format("inbox-{}.txt", captures.size());
  capture.format = "file";
  capture.added = Instant::at_start_of(day);
  capture.about.source = source;
  std::string all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Part part;
    part.capture = capture.id;
    part.number = static_cast<PartNumber>(i);
    part.format = "text";
    part.chain = {{ByteRange{all.size(), all.size() + texts[i].size()}, "none"}};
    part.size_bytes = texts[i].size();
    part.digest = sha256(texts[i]);
    bytes_[part.digest] = texts[i];
    all += texts[i];
    taken.parts.push_back(std::move(part));
  }
  capture.size_bytes = all.size();
  capture.digest = sha256(all);
  capture.part_count = static_cast<std::uint32_t>(texts.size());
  capture.leaf =
      static_cast<std::int64_t>(seal(proof::capture_entry(capture, taken.parts, sha256(all, "sealed"), random)));
  captures.push_back(std::move(taken));
  return captures.size() - 1;
}

ClaimId SmallCase::add_claim(std::size_t capture, PartNumber part, const EventWords& words) {
  const publish::CaptureParts& taken = captures[capture];
  const std::string& text = bytes_.at(taken.parts[part].digest);
  auto& report_id = report_of_[{taken.capture.id, part}];
  if (report_id.is_none()) {
    Report report;
    report.id = report_id = ReportId::from_bytes(random.bytes(16));
    report.capture = taken.capture.id;
    report.part = part;
    report.source = taken.capture.about.source;
    report.text = text;
    const auto end = static_cast<std::uint32_t>(text.size());
    report.map = {{Span{0, end}, ByteRange{0, end}}};
    report_at_[report.id] = reports.size();
    notes_.push_back(publish::note_of(report));
    lineages.push_back({LineageId::from_bytes(random.bytes(16)), {report.id}, report.id, LineageKind::copy, {}});
    reports.push_back(std::move(report));
  }
  Claim claim;
  claim.id = ClaimId::from_bytes(random.bytes(16));
  claim.report = report_id;
  claim.anchor = Anchor{taken.capture.id, part, ByteRange{0, text.size()}};
  claim.act = words.act;
  claim.time = time_of(words);
  claim.places = place_of(words);
  if (!words.person.empty()) claim.persons.push_back({words.person, "victim", {}, "killed", {}});
  claims.push_back(claim);
  return claim.id;
}

std::size_t SmallCase::add_event(std::size_t capture, PartNumber part, const EventWords& words) {
  Event event;
  event.id = EventId::from_bytes(random.bytes(16));
  event.act = words.act;
  event.side = "protest";
  event.extent = words.extent;
  event.time = time_of(words);
  event.places = place_of(words);
  event.claims = {add_claim(capture, part, words)};
  if (words.killed_low || words.killed_high) {
    EventCount count;
    count.count.kind = "killed";
    count.count.low = words.killed_low;
    count.count.high = words.killed_high;
    count.rule = "widest";
    event.counts.push_back(std::move(count));
  }
  events.push_back(std::move(event));
  return events.size() - 1;
}

void SmallCase::support(std::size_t event, std::size_t capture, PartNumber part) {
  EventWords words;
  words.act = events[event].act;
  events[event].claims.push_back(add_claim(capture, part, words));
  events[event].status = EventStatus::corroborated;
}

void SmallCase::revoke(const Decision& decision) {
  Decision out;
  out.id = DecisionId::from_bytes(random.bytes(16));
  out.verb = Verb::revoke;
  out.anchors = decision.anchors;
  out.value = decision.id.hex();
  out.reason = "taken back";
  out.by = "desk";
  out.day = day;
  out.leaf = static_cast<std::int64_t>(seal(proof::decision_entry(out)));
  decisions.push_back(std::move(out));
}

void SmallCase::add_victim(std::size_t event, const std::string& name, const std::string& condition) {
  Victim victim;
  victim.id = VictimId::from_bytes(random.bytes(16));
  victim.names = {name};
  victim.attributes = format(R"({{"ages":[31],"roles":[],"conditions":["{}"]}})", condition);
  victim.events = {events[event].id};
  victim.claims = events[event].claims;
  victims.push_back(std::move(victim));
}

void SmallCase::destroy(std::size_t capture, PartNumber part) {
  publish::CaptureParts& taken = captures[capture];
  proof::Remains remains;
  std::string stays;
  for (Part each : taken.parts) {
    if (each.number == part) continue;
    const std::string& bytes = bytes_.at(each.digest);
    each.chain = {{ByteRange{stays.size(), stays.size() + bytes.size()}, "none"}};
    stays += bytes;
    remains.parts.push_back(std::move(each));
  }
  remains.object = sha256(stays, "sealed");
  remains.sha256 = sha256(stays);
  remains.size_bytes = stays.size();
  const auto leaf = static_cast<proof::LeafIndex>(*taken.capture.leaf);
  proof::Entry redact;
  redact.type = proof::LeafType::redact;
  redact.refs = {{"within", {leaf}}};
  redact.set("made-by", std::string("person"));
  redact.set("reason", std::string("endangers who wrote it"));
  proof::set_remains(redact, remains, random);
  seal(redact);
  proof::reduce(log[leaf], remains);
  taken.capture = proof::reduced(taken.capture, remains);
  taken.parts = remains.parts;
}

const Decision& SmallCase::decide(Verb verb, const std::vector<std::size_t>& about, const std::string& slot,
                                  const std::string& value, const std::string& reason) {
  Decision decision;
  decision.id = DecisionId::from_bytes(random.bytes(16));
  decision.verb = verb;
  for (const std::size_t event : about) {
    const auto claim = std::ranges::find(claims, events[event].claims.front(), &Claim::id);
    decision.anchors.push_back(*claim->anchor);
  }
  decision.slot = slot;
  decision.value = value;
  decision.reason = reason;
  decision.by = "desk";
  decision.day = day;
  decision.leaf = static_cast<std::int64_t>(seal(proof::decision_entry(decision)));
  decisions.push_back(std::move(decision));
  return decisions.back();
}

publish::PlanInput SmallCase::plan_input() const {
  publish::PlanInput input;
  input.events = events;
  input.victims = victims;
  input.claims = claims;
  input.reports = notes_;
  input.lineages = lineages;
  input.decisions = standing_ = standing(decisions);
  input.sources = sources;
  input.captures = captures;
  input.log = log;
  input.rules = rules;
  input.act_families = {{"killing", "state violence"}, {"protest", "assembly"}};
  input.policy = policy;
  input.program = "small case";
  input.report = [this](ReportId id) -> Result<Report> { return reports[report_at_.at(id)]; };
  input.part_bytes = [this](const Part& part) { return part_bytes(part); };
  return input;
}

publish::Plan SmallCase::plan() {
  publish::Plan made = must(publish::plan(plan_input(), random));
  for (const proof::Entry& entry : made.entries) seal(entry);
  return made;
}

Result<std::string> SmallCase::part_bytes(const Part& part) const { return bytes_.at(part.digest); }

proof::LeafIndex SmallCase::seal(const proof::Entry& entry) {
  proof::SealedEntry sealed;
  sealed.index = log.size();
  sealed.key.bytes = random.array<32>();
  const auto id = proof::EntryId::from_bytes(random.bytes(16));
  sealed.leaf = must(proof::leaf_of(entry, id, day, sealed.key, origin));
  sealed.values = entry.values;
  sealed.lists = entry.lists;
  log.push_back(std::move(sealed));
  return log.size() - 1;
}

std::string SmallCase::checkpoint() const {
  proof::CompactRange range;
  for (const proof::SealedEntry& sealed : log) range.append(proof::leaf_hash(must(proof::leaf_bytes(sealed.leaf))));
  return must(proof::sign_checkpoint({origin, range.size(), range.root()}, log_signer));
}

Result<publish::EditionWritten> SmallCase::write(Disk& disk, const std::string& directory,
                                                 const std::optional<std::string>& previous) {
  publish::EditionInput input;
  input.log = log;
  input.checkpoint = checkpoint();
  input.origin = origin;
  input.policy = policy;
  input.area_names = {{"ZZ", "Zembla"}, {"ZZ-01", "North"}};
  input.previous = previous;
  input.bound_files = bound_files;
  input.day = day;
  input.release = &release_signer;
  input.part_bytes = [this](proof::LeafIndex capture, PartNumber part) -> Result<std::string> {
    const auto taken = std::ranges::find(captures, static_cast<std::int64_t>(capture),
                                         [](const publish::CaptureParts& each) { return *each.capture.leaf; });
    return part_bytes(*std::ranges::find(taken->parts, part, &Part::number));
  };
  auto written = publish::write_edition(input, disk, directory);
  if (written) seal(written->entry);
  return written;
}

verify::Pin SmallCase::pin() const {
  verify::Pin out;
  out.origin = origin;
  out.log_keys = {{log_signer.verifier(), 0, UINT64_MAX}};
  out.release_keys = {release_signer.verifier()};
  return out;
}

SmallCase make_small_case(std::uint64_t seed) {
  SmallCase out(seed);
  const std::size_t paper =
      out.add_capture({"On 4 May some 300 people marched in Alder.", "Two people were shot dead in Alder on 4 May.",
                       "In Birch a second march was held on 4 May.", "Please log in to read on.",
                       "The unrest of spring went on in all provinces.", "On 9 May a named person was killed in Cedar.",
                       "The market was busy."});
  const std::size_t posts = out.add_capture(
      {"چهارم مه در آلدر دو نفر کشته شدند.", "A third march in Birch, 4 May.", "Nothing that anybody has read yet."},
      "@rooftops");
  const std::size_t march = out.add_event(paper, 0);
  const std::size_t shots = out.add_event(paper, 1, {.act = "killing", .killed_low = 2, .killed_high = 3});
  out.support(shots, posts, 0);
  out.add_event(paper, 2, {.place = {"ZZ", "ZZ-01", "ZZ-01-b"}});
  out.add_event(posts, 1, {.place = {"ZZ", "ZZ-01", "ZZ-01-b"}});
  const std::size_t umbrella = out.add_event(paper, 4, {.day = "", .place = {"ZZ"}, .extent = Extent::umbrella});
  out.events[march].umbrella = out.events[umbrella].id;
  const std::size_t death = out.add_event(paper, 5,
                                          {.act = "killing",
                                           .day = "2031-05-09",
                                           .place = {"ZZ", "ZZ-02", "ZZ-02-c"},
                                           .killed_low = 1,
                                           .killed_high = 1,
                                           .person = "Invented Person"});
  out.add_victim(death, "Invented Person");
  out.events[shots].status = EventStatus::verified;
  out.decide(Verb::verify, {shots}, "", "two photographs were matched to the square", "seen");
  out.plan();
  return out;
}

proof::Continuation make_continuation(const std::string& origin, const proof::Signer& key) {
  const proof::Signer old = make_signer("case.example/before", 70);
  const proof::Signer newest = make_signer("case.example/before", 71);
  proof::Continuation out;
  out.origin = origin;
  out.key = key.verifier();
  out.taken = 3;
  out.head = {old.name, 5, proof::leaf_hash("the last leaf of a log of five")};
  out.old_keys = {old.verifier(), newest.verifier()};
  out.head_note = must(proof::sign_checkpoint(out.head, newest));
  return out;
}

std::string continuation_file(const proof::Continuation& it, const proof::Signer& key) {
  return must(it.sign(make_signer("case.example/before", 70), key));
}

SmallCase make_continued_case() {
  const SmallCase plain;  // has the keys that the file must name
  const proof::Continuation it = make_continuation(plain.origin, plain.log_signer);
  SmallCase out(1, continuation_file(it, plain.log_signer));
  const std::size_t paper = out.add_capture({"On 4 May some 300 people marched in Alder."});
  out.add_event(paper, 0);
  out.plan();
  return out;
}

SmallCase make_large_case(std::size_t count, std::uint64_t seed) {
  constexpr std::size_t kPartsPerCapture = 1'000;
  SmallCase out(seed);
  for (std::size_t first = 0; first < count; first += kPartsPerCapture) {
    std::vector<std::string> texts;
    for (std::size_t i = first; i < std::min(count, first + kPartsPerCapture); ++i) {
      texts.push_back(
          format("Post {}: some {} people marched through the town that day, a witness wrote.", i, i % 900));
    }
    const std::size_t capture = out.add_capture(texts);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::size_t number = first + i;
      const Day day = Day::from_civil(2020, 1, 1).plus(static_cast<std::int32_t>(number % 3'650));
      EventWords words;
      words.act = number % 3 == 0 ? "killing" : "protest";
      words.day = day.text();
      words.place = {"ZZ", format("ZZ-{:02}", number % 31), format("ZZ-{:02}-{:02}", number % 31, number % 97)};
      if (number % 3 == 0) {
        words.killed_low = static_cast<std::int64_t>(number % 5);
        words.killed_high = static_cast<std::int64_t>(number % 5 + number % 2);
      }
      const std::size_t event = out.add_event(capture, static_cast<PartNumber>(i), words);
      if (number % 5 == 1 && i > 0) out.support(event, capture, static_cast<PartNumber>(i - 1));
    }
  }
  out.plan();
  return out;
}

}  // namespace gavah::tests
