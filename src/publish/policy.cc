#include "publish/policy.h"

#include "base/format.h"
#include "base/json.h"
#include "model/named.h"
#include "proof/proof.h"

namespace gavah::publish {
namespace {

using proof::LeafType;

constexpr std::array<Named<Passages>, 3> kPassages{
    {{Passages::none, "none"}, {Passages::without_persons, "without persons"}, {Passages::all, "all"}}};
constexpr std::array<Named<Evidence>, 3> kEvidence{
    {{Evidence::none, "none"}, {Evidence::cited, "cited"}, {Evidence::all, "all"}}};
constexpr std::array<Named<Disclosure>, 2> kDisclosure{
    {{Disclosure::withheld, "withheld"}, {Disclosure::opened, "opened"}}};

std::vector<std::string> every_slot(LeafType type) {
  std::vector<std::string> out;
  for (const proof::SlotSpec& spec : proof::slots_of(type)) out.emplace_back(spec.path);
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

void read_slots(const Json& json, ObjectReader& in, std::string_view key, LeafType type,
                std::vector<std::string>& out) {
  if (json.find(key) == nullptr) return;
  out.clear();
  for (const Json& item : in.array(key)) {
    if (item.string() == nullptr || !proof::slot_at(type, *item.string())) {
      return in.complain(key, "names a slot that its leaves do not have");
    }
    out.push_back(*item.string());
  }
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
  out.victim_slots = {"victim/condition"};
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
  out.victims = Disclosure::opened;
  out.origins = Disclosure::opened;
  out.evidence = Evidence::cited;
  return out;
}

Result<Policy> Policy::parse(std::string_view text) {
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text, Json::DuplicateKeys::reject), "reading a disclosure policy");
  ObjectReader in(json);
  const std::string base = in.optional_text("base").value_or("safe");
  if (base != "safe" && base != "open") in.complain("base", "is safe or open");
  Policy out = base == "open" ? open() : safe();
  out.name = in.optional_text("name").value_or("custom");
  read_slots(json, in, "event_slots", LeafType::event, out.event_slots);
  read_slots(json, in, "victim_slots", LeafType::victim, out.victim_slots);
  read_slots(json, in, "capture_slots", LeafType::capture, out.capture_slots);
  read_slots(json, in, "source_slots", LeafType::source, out.source_slots);
  read_slots(json, in, "decision_slots", LeafType::decision, out.decision_slots);
  read_slots(json, in, "act_slots", LeafType::merge, out.act_slots);
  const auto word = [&](std::string_view key, const auto& table, auto& target) {
    using Value = std::remove_reference_t<decltype(target)>;
    const auto parse = [&](std::string_view name) -> Result<Value> { return value_in(table, name, key); };
    target = in.optional_parsed(key, parse).value_or(target);
  };
  word("passages", kPassages, out.passages);
  word("victims", kDisclosure, out.victims);
  word("origins", kDisclosure, out.origins);
  word("evidence", kEvidence, out.evidence);
  GAVAH_TRY_AS(in.finish(), "reading a disclosure policy");
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
  out.member("evidence", name_in(kEvidence, policy.evidence)).end_object();
  return out.take();
}

}  // namespace gavah::publish
