#include "publish/policy_file.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "proof/proof.h"
#include "publish/nearest.h"

namespace gavah::publish {
namespace {

using proof::LeafType;

constexpr std::array<std::string_view, 15> kMembers{
    "base",     "name",     "note",    "levels",  "event_slots", "victim_slots", "capture_slots", "source_slots",
    "passages", "evidence", "victims", "origins", "batch",       "min_cell",     "decision_slots"};
constexpr std::string_view kActSlots = "act_slots";
constexpr std::string_view kWithheld = "withheld";

std::string shown(std::string_view word) { return format("'{}'", utf8_prefix(word, 60)); }

std::unexpected<Error> wrong(std::string message) { return fail(ErrorCode::invalid_input, std::move(message)); }

/// A group of slots that tell one thing from coarse to fine.
struct Ladder {
  std::string_view name;
  std::vector<std::string_view> rungs;               ///< what may stand in "levels", coarse to fine
  std::vector<std::vector<std::string_view>> paths;  ///< what each rung adds
};

const std::vector<Ladder>& ladders() {
  static const std::vector<Ladder> kLadders{
      {"act", {"family", "name"}, {{"act/family"}, {"act/name"}}},
      {"time", {"year", "month", "day", "interval"}, {{"time/year"}, {"time/month"}, {"time/day"}, {"time/interval"}}},
      {"place",
       {"country", "province", "county", "town", "exact"},
       {{"place/country"}, {"place/province"}, {"place/county"}, {"place/town"}, {"place/exact", "place/all"}}},
  };
  return kLadders;
}

std::vector<std::string_view> paths_of(LeafType type) {
  std::vector<std::string_view> out;
  for (const proof::SlotSpec& spec : proof::slots_of(type)) out.push_back(spec.path);
  return out;
}

void put_in_order(std::vector<std::string>& paths, LeafType type) {
  std::ranges::sort(paths, {}, [&](const std::string& path) { return proof::slot_at(type, path).value_or(0); });
  paths.erase(std::ranges::unique(paths).begin(), paths.end());
}

/// Reads one file. Lives for one call.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  Result<PolicyFile> read() {
    GAVAH_TRY(check_members());
    GAVAH_TRY(read_base());
    GAVAH_TRY(read_levels());
    GAVAH_TRY(read_all_slots());
    GAVAH_TRY(read_words());
    GAVAH_TRY(read_group("batch", out_.policy.batch));
    GAVAH_TRY(read_group("min_cell", out_.policy.min_cell));
    warn();
    return std::move(out_);
  }

 private:
  Result<void> check_members() {
    if (!json_.is_object()) return wrong("a policy is one JSON object");
    for (const auto& [name, value] : json_.members()) {
      if (std::ranges::find(kMembers, std::string_view(name)) != kMembers.end() || name == kActSlots) continue;
      return wrong(format("a policy has no member {}{}", shown(name), suggestion(name, kMembers)));
    }
    return {};
  }

  /// Null when the member is left out.
  Result<const std::string*> text(std::string_view key) {
    const Json* value = json_.find(key);
    if (value == nullptr) return static_cast<const std::string*>(nullptr);
    if (value->string() == nullptr) return wrong(format("\"{}\" is no text", key));
    return value->string();
  }

  Result<void> read_base() {
    constexpr std::array<std::string_view, 2> kBases{"safe", "open"};
    GAVAH_ASSIGN(const std::string* base, text("base"));
    if (base != nullptr && std::ranges::find(kBases, std::string_view(*base)) == kBases.end()) {
      return wrong(format("\"base\" is safe or open, not {}", shown(*base)));
    }
    out_.policy = base != nullptr && *base == "open" ? Policy::open() : Policy::safe();
    GAVAH_ASSIGN(const std::string* name, text("name"));
    out_.policy.name = name == nullptr ? std::string("custom") : *name;
    return {};
  }

  Result<void> read_levels() {
    const Json* levels = json_.find("levels");
    if (levels == nullptr) return {};
    if (!levels->is_object()) return wrong("\"levels\" is no object");
    for (const auto& [group, value] : levels->members()) {
      if (value.string() == nullptr) return wrong(format("the level of {} is no text", shown(group)));
      GAVAH_TRY(group == "counts" ? open_counts(*value.string()) : open_to(group, *value.string()));
    }
    put_in_order(out_.policy.event_slots, LeafType::event);
    return {};
  }

  Result<void> open_to(const std::string& group, const std::string& level) {
    const auto ladder = std::ranges::find(ladders(), std::string_view(group), &Ladder::name);
    if (ladder == ladders().end()) {
      constexpr std::array<std::string_view, 4> kGroups{"act", "time", "place", "counts"};
      return wrong(
          format("\"levels\" has no {}: it has act, time, place, counts{}", shown(group), suggestion(group, kGroups)));
    }
    const auto rung = std::ranges::find(ladder->rungs, std::string_view(level));
    if (rung == ladder->rungs.end() && level != kWithheld) {
      std::string all;
      for (const std::string_view each : ladder->rungs) all.append(each).append(", ");
      return wrong(format("{} has no level {}: it has {}withheld{}", group, shown(level), all,
                          suggestion(level, ladder->rungs)));
    }
    auto& slots = out_.policy.event_slots;
    std::erase_if(slots, [&](const std::string& path) { return path.starts_with(group + "/"); });
    if (level == kWithheld) return {};
    for (std::size_t i = 0; i <= static_cast<std::size_t>(rung - ladder->rungs.begin()); ++i) {
      for (const std::string_view path : ladder->paths[i]) slots.emplace_back(path);
    }
    return {};
  }

  Result<void> open_counts(const std::string& level) {
    auto& slots = out_.policy.event_slots;
    if (level != "bounds" && level != "interval" && level != kWithheld) {
      return wrong(format("counts has no level {}: it has bounds, interval, withheld", shown(level)));
    }
    std::erase_if(slots, [](const std::string& path) { return path.starts_with("count/"); });
    for (const std::string_view kind : proof::count_kinds()) {
      if (level == "interval") slots.push_back(format("count/{}/interval", kind));
      if (level != "bounds") continue;
      slots.push_back(format("count/{}/low", kind));
      slots.push_back(format("count/{}/high", kind));
    }
    return {};
  }

  Result<void> read_all_slots() {
    Policy& policy = out_.policy;
    GAVAH_TRY(read_slots("event_slots", LeafType::event, policy.event_slots));
    GAVAH_TRY(read_slots("victim_slots", LeafType::victim, policy.victim_slots));
    GAVAH_TRY(read_slots("capture_slots", LeafType::capture, policy.capture_slots));
    GAVAH_TRY(read_slots("source_slots", LeafType::source, policy.source_slots));
    GAVAH_TRY(read_slots("decision_slots", LeafType::decision, policy.decision_slots));
    return read_slots(kActSlots, LeafType::merge, policy.act_slots);
  }

  Result<void> read_slots(std::string_view key, LeafType type, std::vector<std::string>& out) {
    const Json* list = json_.find(key);
    if (list == nullptr) return {};
    if (!list->is_array()) return wrong(format("\"{}\" is no list", key));
    out.clear();
    const auto known = paths_of(type);
    for (const Json& item : list->items()) {
      if (item.string() == nullptr) return wrong(format("\"{}\" holds something that is no text", key));
      if (!proof::slot_at(type, *item.string())) {
        return wrong(format("\"{}\": there is no slot {}{} (spec/slots.md lists them)", key, shown(*item.string()),
                            suggestion(*item.string(), known)));
      }
      out.push_back(*item.string());
    }
    put_in_order(out, type);
    return {};
  }

  template <class Value, std::size_t N>
  Result<void> read_word(std::string_view key, const std::array<std::pair<std::string_view, Value>, N>& words,
                         Value& out) {
    GAVAH_ASSIGN(const std::string* word, text(key));
    if (word == nullptr) return {};
    std::vector<std::string_view> known;
    std::string all;
    for (const auto& [name, value] : words) {
      known.push_back(name);
      all.append(all.empty() ? "" : ", ").append(name);
      if (name == *word) {
        out = value;
        return {};
      }
    }
    return wrong(format("\"{}\" is one of {}, not {}{}", key, all, shown(*word), suggestion(*word, known)));
  }

  Result<void> read_words() {
    using Word = std::string_view;
    constexpr std::array<std::pair<Word, Passages>, 3> kPassages{
        {{"none", Passages::none}, {"without persons", Passages::without_persons}, {"all", Passages::all}}};
    constexpr std::array<std::pair<Word, Evidence>, 3> kEvidence{
        {{"none", Evidence::none}, {"cited", Evidence::cited}, {"all", Evidence::all}}};
    constexpr std::array<std::pair<Word, Disclosure>, 2> kDisclosure{
        {{"withheld", Disclosure::withheld}, {"opened", Disclosure::opened}}};
    GAVAH_TRY(read_word("passages", kPassages, out_.policy.passages));
    GAVAH_TRY(read_word("evidence", kEvidence, out_.policy.evidence));
    GAVAH_TRY(read_word("victims", kDisclosure, out_.policy.victims));
    return read_word("origins", kDisclosure, out_.policy.origins);
  }

  Result<void> read_group(std::string_view key, std::uint64_t& out) {
    const Json* value = json_.find(key);
    if (value == nullptr) return {};
    const auto number = value->integer();
    if (!number || *number < 1 || *number > static_cast<std::int64_t>(proof::kMaxBatch)) {
      return wrong(format("\"{}\" is a number from 1 to {}", key, proof::kMaxBatch));
    }
    out = static_cast<std::uint64_t>(*number);
    return {};
  }

  static bool opens(const std::vector<std::string>& slots, std::string_view path) {
    return std::ranges::find(slots, path) != slots.end();
  }

  void warn() {
    const Policy& policy = out_.policy;
    const auto say = [&](std::string sentence) { out_.warnings.push_back(std::move(sentence)); };
    for (const auto* path : {"place/exact", "place/all"}) {
      if (opens(policy.event_slots, path)) say(format("{} opens exact places: a house, a cell, a square", path));
    }
    for (const auto* path : {"victim/names", "victim/attributes"}) {
      if (!opens(policy.victim_slots, path)) continue;
      say(format("{} tells persons apart", path));
      if (policy.min_cell > 1) {
        say(format("with min_cell {} nothing will be opened of victims whose {} are their own", policy.min_cell, path));
      }
    }
    if (policy.origins == Disclosure::opened || opens(policy.source_slots, "id") ||
        opens(policy.source_slots, "name")) {
      say("the identities of sources are opened");
    }
    if (policy.passages == Passages::all) say("passages that name persons are opened");
    if (policy.evidence != Evidence::none) say("bytes of captures are opened, with everything that stands in them");
    for (const Ladder& ladder : ladders()) warn_of_gaps(ladder);
    const bool opens_attributes = !policy.victim_slots.empty() && policy.victims == Disclosure::opened;
    if (opens_attributes && policy.batch == 1) say("batch 1: what an edition adds may be about one victim");
    if (opens_attributes && policy.min_cell == 1) say("min_cell 1: an opened attribute may be one victim's alone");
  }

  void warn_of_gaps(const Ladder& ladder) {
    std::string_view closed;
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
      const bool is_open = opens(out_.policy.event_slots, ladder.paths[i].front());
      if (!is_open && closed.empty()) closed = ladder.paths[i].front();
      if (is_open && !closed.empty()) {
        out_.warnings.push_back(format("{} is opened and {} is not: rules that ask for the latter cannot decide",
                                       ladder.paths[i].front(), closed));
        return;
      }
    }
  }

  const Json& json_;
  PolicyFile out_;
};

}  // namespace

Result<PolicyFile> policy_from_file(std::string_view text) {
  if (text.size() > proof::kMaxPolicyBytes) return fail(ErrorCode::invalid_input, "a policy is longer than 64 KiB");
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text, Json::DuplicateKeys::reject), "reading a disclosure policy");
  auto read = Reader(json).read();
  if (!read) return fail_with(std::move(read), "reading a disclosure policy");
  return read;
}

}  // namespace gavah::publish
