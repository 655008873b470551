#include "cli/chronicle_view.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/embedded.h"
#include "base/format.h"
#include "cli/chronicle_pages.h"
#include "text/text.h"

namespace gavah::cli {

using namespace server;  // the types of its pages

namespace {

constexpr std::size_t kMaxKinds = 16;  // bits of EventColumns::sources
constexpr std::string_view kOther = "other";

/// Reads {"acts":{KEY:{"en","fa"}},…}: what the codebook calls its codes.
Result<Json> read_labels() {
  const auto bytes = embedded_data("codebook/labels.json");
  if (!bytes) return fail(ErrorCode::not_found, "the codebook has no labels");
  return Json::parse(*bytes);
}

Label label_of(const Json& labels, std::string_view list, const std::string& key) {
  const Json* words = labels.find_path({list, key});
  if (words == nullptr) return {key, key, ""};
  return {key, std::string(words->text_of("en")), std::string(words->text_of("fa"))};
}

/// A closed list that grows while rows are read.
class Codes {
 public:
  std::size_t code(const std::string& key) {
    const auto [at, inserted] = codes_.try_emplace(key, keys_.size());
    if (inserted) keys_.push_back(key);
    return at->second;
  }
  const std::vector<std::string>& keys() const { return keys_; }

 private:
  std::map<std::string, std::size_t> codes_;
  std::vector<std::string> keys_;
};

/// Builds one snapshot from the index.
class SnapshotBuilder {
 public:
  SnapshotBuilder(pipeline::Chronicle& chronicle, store::Index& index) : chronicle_(chronicle), index_(index) {}

  Result<std::shared_ptr<const Snapshot>> build() {
    GAVAH_ASSIGN(const pipeline::Toolkit* toolkit, chronicle_.toolkit());
    gazetteer_ = &toolkit->gazetteer();
    GAVAH_ASSIGN(labels_, read_labels());
    for (const auto& [key, words] : labels_.find("acts")->members()) acts_.code(key);
    for (const auto& [key, words] : labels_.find("sides")->members()) sides_.code(key);
    GAVAH_TRY(read_sources());
    GAVAH_TRY(index_.for_each_event([&](const store::EventFacts& facts) -> Result<void> {
      add(facts);
      return {};
    }));
    GAVAH_TRY(fill_head());
    fill_labels();
    return std::make_shared<const Snapshot>(std::move(out_));
  }

 private:
  /// Which kinds of sources report each event.
  Result<void> read_sources() {
    GAVAH_ASSIGN(const auto* registry, chronicle_.sources());
    std::set<std::string> kinds;
    for (const Source& source : registry->sources()) kinds.insert(source.kind);
    for (const auto& kind : kinds) {
      if (kinds_.keys().size() + 1 < kMaxKinds && !kind.empty()) kinds_.code(kind);
    }
    const std::size_t other = kinds_.code(std::string(kOther));
    const auto bit_of = [&](const std::string& stated) {
      const Source* source = registry->find(stated);
      const bool is_named = source != nullptr && std::ranges::find(kinds_.keys(), source->kind) != kinds_.keys().end();
      return static_cast<std::uint16_t>(1U << (is_named ? kinds_.code(source->kind) : other));
    };
    std::unordered_map<ReportId, std::uint16_t> of_report;
    GAVAH_TRY(index_.for_each_json(store::IndexTable::reports, [&](std::string_view line) -> Result<void> {
      GAVAH_ASSIGN(const Json json, Json::parse(line));
      GAVAH_ASSIGN(const ReportId id, ReportId::from_hex(json.text_of("id")));
      of_report[id] = bit_of(std::string(json.text_of("source")));
      return {};
    }));
    std::unordered_map<ClaimId, std::uint16_t> of_claim;
    GAVAH_TRY(index_.for_each_json(store::IndexTable::claims, [&](std::string_view line) -> Result<void> {
      GAVAH_ASSIGN(const Json json, Json::parse(line));
      GAVAH_ASSIGN(const ClaimId id, ClaimId::from_hex(json.text_of("id")));
      GAVAH_ASSIGN(const ReportId report, ReportId::from_hex(json.text_of("report")));
      of_claim[id] = of_report[report];
      return {};
    }));
    return index_.for_each_json(store::IndexTable::events, [&](std::string_view line) -> Result<void> {
      GAVAH_ASSIGN(const Json json, Json::parse(line));
      GAVAH_ASSIGN(const Event event, event_from_json(json));
      std::uint16_t bits = 0;
      for (const ClaimId& claim : event.claims) bits = static_cast<std::uint16_t>(bits | of_claim[claim]);
      sources_[event.id] = bits;
      return {};
    });
  }

  std::uint16_t area_of(const store::EventFacts& facts) {
    if (facts.place_path.size() < 2) return kNoArea;
    return static_cast<std::uint16_t>(std::min<std::size_t>(areas_.code(facts.place_path[1]), kNoArea));
  }

  void add(const store::EventFacts& facts) {
    EventColumns& events = out_.events;
    events.id.push_back(facts.id);
    const bool is_point = facts.coordinates && facts.place_precision <= PlacePrecision::town;
    const MercatorPoint point =
        is_point ? mercator_from(facts.coordinates->lat_e6, facts.coordinates->lon_e6) : MercatorPoint{};
    events.x.push_back(point.x);
    events.y.push_back(point.y);
    events.first_day.push_back(facts.start_seconds ? Instant{*facts.start_seconds}.day().number : kNoDay);
    events.last_day.push_back(facts.end_seconds ? Instant{*facts.end_seconds - 1}.day().number : kNoDay);
    events.area.push_back(area_of(facts));
    events.lineages.push_back(static_cast<std::uint16_t>(std::min<std::uint32_t>(facts.lineage_count, 65535)));
    events.sources.push_back(sources_[facts.id]);
    events.act.push_back(static_cast<std::uint8_t>(acts_.code(facts.act)));
    events.side.push_back(static_cast<std::uint8_t>(sides_.code(facts.side)));
    events.status.push_back(static_cast<std::uint8_t>(facts.status));
    events.extent.push_back(static_cast<std::uint8_t>(facts.extent));
    events.time_precision.push_back(static_cast<std::uint8_t>(facts.time_precision));
    events.place_precision.push_back(static_cast<std::uint8_t>(facts.place_precision));
  }

  Result<void> fill_head() {
    GAVAH_ASSIGN(const proof::Checkpoint head, chronicle_.stored().head());
    out_.head = {head.origin, head.size, head.root.hex()};
    out_.name = std::string(base_name(chronicle_.directory()));
    out_.protection =
        chronicle_.protection() == pipeline::Protection::unprotected ? Protection::unprotected : Protection::passphrase;
    // A chronicle with a gazetteer of its own alone may be about anywhere: no coast is drawn under it.
    const auto& files = chronicle_.stored().config().gazetteer_files;
    const bool is_real = files.empty() || std::ranges::find(files, pipeline::kBuiltInGazetteer) != files.end();
    out_.geography = is_real ? Geography::real : Geography::fictional;
    GAVAH_ASSIGN(out_.captures, chronicle_.stored().ledger().count(proof::LeafType::capture));
    GAVAH_ASSIGN(out_.reports, index_.count(store::IndexTable::reports));
    GAVAH_ASSIGN(const std::uint64_t orphans, index_.count(store::IndexTable::orphans));
    out_.problems = orphans;
    return pipeline::list(chronicle_, pipeline::ItemKind::quarantine, [&](std::string_view) -> Result<void> {
      ++out_.problems;
      return {};
    });
  }

  void fill_labels() {
    for (const auto& key : acts_.keys()) out_.labels.acts.push_back(label_of(labels_, "acts", key));
    for (const auto& key : sides_.keys()) out_.labels.sides.push_back(label_of(labels_, "sides", key));
    for (const auto& key : kinds_.keys()) out_.labels.source_kinds.push_back(label_of(labels_, "source_kinds", key));
    for (const auto& key : areas_.keys()) {
      Area area{{key, key, ""}, {}};
      if (const auto number = gazetteer_->find(key)) {
        const place::Entry entry = gazetteer_->entry(*number);
        area.label.en = entry.name;
        area.middle = mercator_from(entry.coordinates.lat_e6, entry.coordinates.lon_e6);
      }
      out_.labels.areas.push_back(std::move(area));
    }
  }

  pipeline::Chronicle& chronicle_;
  store::Index& index_;
  const place::Gazetteer* gazetteer_ = nullptr;
  Json labels_;
  Codes acts_;
  Codes sides_;
  Codes kinds_;
  Codes areas_;
  std::unordered_map<EventId, std::uint16_t> sources_;
  Snapshot out_;
};

class ChronicleView final : public View {
 public:
  ChronicleView(pipeline::Chronicle& chronicle, store::Index& index) : chronicle_(chronicle), index_(index) {}

  Result<void> refresh() const {
    GAVAH_ASSIGN(const std::string derived_to, index_.note("derived-to"));
    if (snapshot_ && derived_to == derived_to_) return {};
    GAVAH_ASSIGN(snapshot_, SnapshotBuilder(chronicle_, index_).build());
    derived_to_ = derived_to;
    haystacks_.clear();
    return {};
  }

  std::shared_ptr<const Snapshot> snapshot() const override {
    // A failed refresh keeps what was shown before: it is complete, and its head says how old it is.
    if (const auto refreshed = refresh(); !refreshed) return snapshot_;
    return snapshot_;
  }

  Result<std::vector<EventRow>> search(const Snapshot& snapshot, std::string_view words) const override {
    if (haystacks_.size() != snapshot.events.size()) GAVAH_TRY(fold_all(snapshot));
    const text::Reading wanted(words);
    std::vector<EventRow> out;
    for (EventRow row = 0; row < haystacks_.size(); ++row) {
      const bool has_all = std::ranges::all_of(wanted.tokens(), [&](const text::Token& token) {
        return haystacks_[row].find(wanted.folded_text(token)) != std::string::npos;
      });
      if (has_all) out.push_back(row);
    }
    return out;
  }

  Result<EventSummary> summary(const Snapshot& snapshot, EventRow row) const override {
    GAVAH_ASSIGN(const Event event, index_.event(snapshot.events.id[row]));
    return pages().summary(event);
  }

  Result<EventPage> event(const EventId& id) const override {
    GAVAH_ASSIGN(EventPage page, pages().event(id));
    const auto now = snapshot();
    if (const auto row = row_of(*now, id)) {
      const auto neighbours = in_time(*now);
      const auto at = std::ranges::find(neighbours, *row);
      if (at != neighbours.begin()) page.previous = now->events.id[*(at - 1)];
      if (at + 1 != neighbours.end()) page.next = now->events.id[*(at + 1)];
    }
    return page;
  }

  Result<Trail> trail(const EventId& id, std::string_view kind) const override { return pages().trail(id, kind); }
  Result<CapturePage> capture(const CaptureId& id, PartNumber part) const override { return pages().capture(id, part); }
  Result<std::string> versions(const ReportId& id) const override {
    return pipeline::show_versions(chronicle_, id.hex(), pipeline::Form::json);
  }
  Result<ClaimPage> claim(const ClaimId& id) const override { return pages().claim(id); }
  Result<std::vector<DecisionRow>> decisions() const override { return pages().decisions(); }
  Result<std::vector<NamedPlace>> places(std::string_view name) const override { return pages().places(name); }
  Result<std::string> codebook() const override {
    GAVAH_ASSIGN(const auto files, chronicle_.codebook());
    return files.pages_json();
  }

 private:
  ChroniclePages pages() const { return ChroniclePages(chronicle_, index_); }

  static std::optional<EventRow> row_of(const Snapshot& snapshot, const EventId& id) {
    const auto at = std::ranges::lower_bound(snapshot.events.id, id);  // rows come in the order of the index's keys
    if (at == snapshot.events.id.end() || *at != id) return std::nullopt;
    return static_cast<EventRow>(at - snapshot.events.id.begin());
  }

  static std::vector<EventRow> in_time(const Snapshot& snapshot) {
    std::vector<EventRow> rows(snapshot.events.size());
    for (EventRow row = 0; row < rows.size(); ++row) rows[row] = row;
    std::ranges::sort(rows, {}, [&](EventRow row) { return std::pair(snapshot.events.first_day[row], row); });
    return rows;
  }

  Result<void> fold_all(const Snapshot& snapshot) const {
    std::vector<std::string> folded;
    folded.reserve(snapshot.events.size());
    for (EventRow row = 0; row < snapshot.events.size(); ++row) {
      GAVAH_ASSIGN(const std::string words, pages().search_words(snapshot, row));
      folded.push_back(text::folded_key(words));
    }
    haystacks_ = std::move(folded);
    return {};
  }

  pipeline::Chronicle& chronicle_;
  store::Index& index_;
  mutable std::shared_ptr<const Snapshot> snapshot_;
  mutable std::string derived_to_;
  mutable std::vector<std::string> haystacks_;  // folded words of each row, made at the first search
};

}  // namespace

Result<std::unique_ptr<View>> view_of(pipeline::Chronicle& chronicle) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  auto view = std::make_unique<ChronicleView>(chronicle, *index);
  GAVAH_TRY(view->refresh());
  return std::unique_ptr<View>(std::move(view));
}

}  // namespace gavah::cli
