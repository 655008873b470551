#include "proof/policy.h"

#include <algorithm>

#include "base/json.h"
#include "model/named.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

constexpr std::array<Named<Passages>, 3> kPassages{
    {{Passages::none, "none"}, {Passages::without_persons, "without persons"}, {Passages::all, "all"}}};
constexpr std::array<Named<Evidence>, 3> kEvidence{
    {{Evidence::none, "none"}, {Evidence::cited, "cited"}, {Evidence::all, "all"}}};
constexpr std::array<Named<Disclosure>, 2> kDisclosure{
    {{Disclosure::withheld, "withheld"}, {Disclosure::opened, "opened"}}};
constexpr std::uint64_t kSafeBatch = 5;    // the smallest group that statistics offices commonly publish
constexpr std::uint64_t kSafeMinCell = 5;  // the same

std::vector<std::string> every_slot(LeafType type) {
  std::vector<std::string> out;
  for (const SlotSpec& spec : slots_of(type)) out.emplace_back(spec.path);
  return out;
}

std::vector<std::string> without(std::vector<std::string> paths, std::initializer_list<std::string_view> closed) {
  std::erase_if(paths, [&](const std::string& path) { return std::ranges::find(closed, path) != closed.end(); });
  return paths;
}

/// The interval of a count says what its two bounds say: one opening will do.
std::vector<std::string> event_slots_but(std::initializer_list<std::string_view> closed) {
  std::vector<std::string> out = without(every_slot(LeafType::event), closed);
  std::erase_if(out, [](const std::string& path) {
    return path.starts_with("count/") && (path.ends_with("/low") || path.ends_with("/high"));
  });
  return out;
}

/// A list of paths of one table, in its order.
std::vector<std::string> read_slots(ObjectReader& in, std::string_view key, LeafType type) {
  std::vector<std::string> out;
  std::optional<std::uint32_t> last;
  for (const Json& item : in.array(key)) {
    const auto slot = item.string() == nullptr ? std::nullopt : slot_at(type, *item.string());
    if (!slot || (last && *last >= *slot)) {
      in.complain(key, "is no list of slots in the order of their table");
      return out;
    }
    last = slot;
    out.push_back(*item.string());
  }
  return out;
}

std::uint64_t read_group(ObjectReader& in, std::string_view key) {
  const std::int64_t number = in.integer(key);
  if (number < 1 || number > static_cast<std::int64_t>(kMaxBatch)) in.complain(key, "is not from 1 to 1000000");
  return static_cast<std::uint64_t>(std::max<std::int64_t>(1, number));
}

void write_slots(JsonWriter& out, std::string_view key, const std::vector<std::string>& paths) {
  out.key(key).begin_array();
  for (const std::string& path : paths) out.text(path);
  out.end_array();
}

}  // namespace

Policy Policy::safe() {
  Policy out;
  out.event_slots = event_slots_but({"time/interval", "place/exact", "place/all", "actor", "origins"});
  out.batch = kSafeBatch;
  out.min_cell = kSafeMinCell;
  return out;
}

Policy Policy::open() {
  Policy out;
  out.name = "open";
  out.event_slots = without(every_slot(LeafType::event), {"actor"});
  out.victim_slots = without(every_slot(LeafType::victim), {"actor"});
  out.capture_slots = {"name",         "format",    "size",           "sha256",         "added",
                       "about/source", "about/url", "about/captured", "about/published"};
  out.source_slots = without(every_slot(LeafType::source), {"actor"});
  out.decision_slots = {"verb", "slot", "value", "reason"};
  out.act_slots = {"made-by", "reason", "decision"};
  out.passages = Passages::all;
  out.origins = Disclosure::opened;
  out.evidence = Evidence::cited;
  return out;
}

Result<Policy> Policy::parse(std::string_view text) {
  if (text.size() > kMaxPolicyBytes) return fail(ErrorCode::invalid_input, "a policy is longer than 64 KiB");
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text, Json::DuplicateKeys::reject), "reading a disclosure policy");
  ObjectReader in(json);
  Policy out;
  out.name = in.text("name");
  out.event_slots = read_slots(in, "event_slots", LeafType::event);
  out.victim_slots = read_slots(in, "victim_slots", LeafType::victim);
  out.capture_slots = read_slots(in, "capture_slots", LeafType::capture);
  out.source_slots = read_slots(in, "source_slots", LeafType::source);
  out.decision_slots = read_slots(in, "decision_slots", LeafType::decision);
  out.act_slots = read_slots(in, "act_slots", LeafType::merge);
  out.passages = in.parsed("passages", [](std::string_view name) { return value_in(kPassages, name, "passages"); });
  const auto disclosure = [](std::string_view name) { return value_in(kDisclosure, name, "disclosure"); };
  out.victims = in.parsed("victims", disclosure);
  out.origins = in.parsed("origins", disclosure);
  out.evidence = in.parsed("evidence", [](std::string_view name) { return value_in(kEvidence, name, "evidence"); });
  out.batch = read_group(in, "batch");
  out.min_cell = read_group(in, "min_cell");
  GAVAH_TRY_AS(in.finish(), "reading a disclosure policy");
  if (to_json(out) != text) return fail(ErrorCode::invalid_input, "a policy is not in canonical form");
  return out;
}

const std::vector<std::string>& Policy::slots_for(LeafType type) const {
  static const std::vector<std::string> kNone;
  switch (type) {
    case LeafType::event:
      return event_slots;
    case LeafType::victim:
      return victim_slots;
    case LeafType::capture:
      return capture_slots;
    case LeafType::source:
      return source_slots;
    case LeafType::decision:
      return decision_slots;
    case LeafType::merge:
    case LeafType::split:
    case LeafType::distinct:
    case LeafType::withhold:
    case LeafType::withdraw:
    case LeafType::redact:
      return act_slots;
    default:
      return kNone;
  }
}

std::vector<std::string> Policy::openable(LeafType type) const {
  std::vector<std::string> paths = slots_for(type);
  if (type == LeafType::capture) paths.emplace_back("part-count");
  if (type == LeafType::dispose) paths.emplace_back("statuses");
  if (type == LeafType::rule) paths.emplace_back("name");
  if (type == LeafType::distinct) {
    for (const auto* path : {"made-by", "act/name", "time/year", "time/month", "place/country", "place/province",
                             "place/county", "place/town"}) {
      paths.emplace_back(path);
    }
  }
  return paths;
}

std::string to_json(const Policy& policy) {
  JsonWriter out;
  out.begin_object().member("type", "policy").member("name", policy.name);
  write_slots(out, "event_slots", policy.event_slots);
  write_slots(out, "victim_slots", policy.victim_slots);
  write_slots(out, "capture_slots", policy.capture_slots);
  write_slots(out, "source_slots", policy.source_slots);
  write_slots(out, "decision_slots", policy.decision_slots);
  write_slots(out, "act_slots", policy.act_slots);
  out.member("passages", name_in(kPassages, policy.passages)).member("victims", name_in(kDisclosure, policy.victims));
  out.member("origins", name_in(kDisclosure, policy.origins));
  out.member("evidence", name_in(kEvidence, policy.evidence));
  out.member("batch", policy.batch).member("min_cell", policy.min_cell).end_object();
  return out.take();
}

}  // namespace gavah::proof
