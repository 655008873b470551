#include "proof/slot_table.h"

#include <charconv>
#include <unordered_map>
#include <vector>

#include "base/format.h"
#include "base/utf8.h"
#include "proof/line_scanner.h"
#include "proof/list.h"

namespace gavah::proof {
namespace {

constexpr std::array<SlotSpec, 17> kCapture{{{"name", "text"},
                                             {"format", "code"},
                                             {"size", "integer"},
                                             {"sha256", "digest"},
                                             {"added", "instant"},
                                             {"about/source", "text"},
                                             {"about/url", "text"},
                                             {"about/captured", "instant"},
                                             {"about/published", "instant"},
                                             {"about/collector", "text"},
                                             {"about/note", "text"},
                                             {"same-bytes", "json"},
                                             {"hints", "json"},
                                             {"part-count", "integer"},
                                             {"parts", "list"},
                                             {"chains", "list"},
                                             {"actor", "text"}}};

constexpr std::array<SlotSpec, 9> kSource{{{"id", "text"},
                                           {"name", "text"},
                                           {"kind", "text"},
                                           {"family", "text"},
                                           {"lang", "text"},
                                           {"valid/from", "day"},
                                           {"valid/to", "day"},
                                           {"reason", "text"},
                                           {"actor", "text"}}};

constexpr std::array<SlotSpec, 2> kDispose{{{"statuses", "list"}, {"actor", "text"}}};

constexpr std::array<SlotSpec, 6> kDecision{{{"verb", "code"},
                                             {"anchors", "json"},
                                             {"slot", "text"},
                                             {"value", "text"},
                                             {"reason", "text"},
                                             {"actor", "text"}}};

// The event's slots, then those that only a victim has: together the table of `amend`.
constexpr std::array<SlotSpec, 49> kAmend{{{"act/family", "code"},
                                           {"act/name", "code"},
                                           {"side", "code"},
                                           {"extent", "code"},
                                           {"time/year", "year"},
                                           {"time/month", "month"},
                                           {"time/day", "day"},
                                           {"time/interval", "json"},
                                           {"place/country", "area"},
                                           {"place/province", "area"},
                                           {"place/county", "area"},
                                           {"place/town", "area"},
                                           {"place/exact", "area"},
                                           {"place/all", "json"},
                                           {"status", "code"},
                                           {"status/method", "text"},
                                           {"status/decision", "integer"},
                                           {"umbrella", "integer"},
                                           {"count/killed/low", "integer"},
                                           {"count/killed/high", "integer"},
                                           {"count/killed/interval", "interval"},
                                           {"count/injured/low", "integer"},
                                           {"count/injured/high", "integer"},
                                           {"count/injured/interval", "interval"},
                                           {"count/arrested/low", "integer"},
                                           {"count/arrested/high", "integer"},
                                           {"count/arrested/interval", "interval"},
                                           {"count/sentenced/low", "integer"},
                                           {"count/sentenced/high", "integer"},
                                           {"count/sentenced/interval", "interval"},
                                           {"count/executed/low", "integer"},
                                           {"count/executed/high", "integer"},
                                           {"count/executed/interval", "interval"},
                                           {"count/participants/low", "integer"},
                                           {"count/participants/high", "integer"},
                                           {"count/participants/interval", "interval"},
                                           {"evidence", "list"},
                                           {"claims", "list"},
                                           {"origins", "list"},
                                           {"lineages", "integer"},
                                           {"reports", "integer"},
                                           {"made-by", "code"},
                                           {"actor", "text"},
                                           {"victim/names", "json"},
                                           {"victim/age", "interval"},
                                           {"victim/role", "text"},
                                           {"victim/condition", "text"},
                                           {"victim/attributes", "json"},
                                           {"victim/events", "json"}}};
constexpr std::size_t kEventSlots = 43;

constexpr std::array<SlotSpec, 22> kVictim{{{"victim/names", "json"},      {"victim/age", "interval"},
                                            {"victim/role", "text"},       {"victim/condition", "text"},
                                            {"victim/attributes", "json"}, {"victim/events", "json"},
                                            {"evidence", "list"},          {"claims", "list"},
                                            {"origins", "list"},           {"lineages", "integer"},
                                            {"made-by", "code"},           {"actor", "text"},
                                            {"act/family", "code"},        {"act/name", "code"},
                                            {"time/year", "year"},         {"time/month", "month"},
                                            {"time/day", "day"},           {"place/country", "area"},
                                            {"place/province", "area"},    {"place/county", "area"},
                                            {"place/town", "area"},        {"place/exact", "area"}}};

// merge, split, withhold, withdraw: who did it and why.
constexpr std::array<SlotSpec, 4> kAct{
    {{"made-by", "code"}, {"actor", "text"}, {"reason", "text"}, {"decision", "integer"}}};

constexpr std::array<SlotSpec, 6> kRedact{{{"made-by", "code"},
                                           {"actor", "text"},
                                           {"reason", "text"},
                                           {"decision", "integer"},
                                           {"remains", "json"},
                                           {"remains/parts", "list"}}};

constexpr std::array<SlotSpec, 11> kDistinct{{{"made-by", "code"},
                                              {"actor", "text"},
                                              {"reason", "text"},
                                              {"decision", "integer"},
                                              {"act/name", "code"},
                                              {"time/year", "year"},
                                              {"time/month", "month"},
                                              {"place/country", "area"},
                                              {"place/province", "area"},
                                              {"place/county", "area"},
                                              {"place/town", "area"}}};

constexpr std::array<SlotSpec, 4> kRule{{{"name", "code"}, {"text", "json"}, {"reason", "text"}, {"actor", "text"}}};
constexpr std::array<SlotSpec, 2> kKey{{{"reason", "text"}, {"actor", "text"}}};
constexpr std::array<SlotSpec, 2> kEdition{{{"policy", "json"}, {"actor", "text"}}};

constexpr std::array<RefSpec, 1> kDisposeRefs{{{"capture", 1, 1}}};
constexpr std::array<RefSpec, 1> kEventRefs{{{"parent", 0, 1}}};
constexpr std::array<RefSpec, 1> kAmendRefs{{{"entry", 1, 1}}};
constexpr std::array<RefSpec, 2> kMergeRefs{{{"from", 1, kAnyNumber}, {"into", 1, 1}}};
constexpr std::array<RefSpec, 1> kSplitRefs{{{"entry", 1, 1}}};
constexpr std::array<RefSpec, 2> kDistinctRefs{{{"entry", 0, kAnyNumber}, {"through", 0, 1}}};
constexpr std::array<RefSpec, 2> kWithholdRefs{{{"entry", 0, kAnyNumber}, {"lift", 0, kAnyNumber}}};
constexpr std::array<RefSpec, 1> kWithdrawRefs{{{"entry", 1, kAnyNumber}}};
constexpr std::array<RefSpec, 2> kRedactRefs{{{"target", 0, kAnyNumber}, {"within", 0, 1}}};
constexpr std::array<RefSpec, 1> kRuleRefs{{{"replaces", 0, 1}}};
constexpr std::array<RefSpec, 1> kPreviousRefs{{{"previous", 0, 1}}};

constexpr std::array<std::string_view, 6> kCountKinds{"killed",    "injured",  "arrested",
                                                      "sentenced", "executed", "participants"};

enum class Presence { never, always, maybe };

Presence bind_of(LeafType type) {
  switch (type) {
    case LeafType::rule:
    case LeafType::key:
    case LeafType::edition:
      return Presence::always;
    case LeafType::heartbeat:
      return Presence::maybe;
    default:
      return Presence::never;
  }
}

Result<void> check_presence(const Leaf& leaf, std::string_view line, Presence wanted,
                            const std::optional<Digest>& value) {
  const bool present = value.has_value();
  if (wanted == Presence::always && !present) {
    return fail(ErrorCode::invalid_input, format("a {} leaf has no {} line", name_of(leaf.type), line));
  }
  if (wanted == Presence::never && present) {
    return fail(ErrorCode::invalid_input, format("a {} leaf may not have a {} line", name_of(leaf.type), line));
  }
  return {};
}

Result<void> check_roles(const Leaf& leaf) {
  const auto specs = refs_of(leaf.type);
  for (const LeafRef& ref : leaf.refs) {
    const auto known = std::ranges::find(specs, std::string_view(ref.role), &RefSpec::role);
    if (known == specs.end()) {
      return fail(ErrorCode::invalid_input, format("a {} leaf cites nothing as '{}'", name_of(leaf.type), ref.role));
    }
  }
  std::size_t cited = 0;
  for (const RefSpec& spec : specs) {
    const std::size_t count = leaf.refs_as(spec.role).size();
    cited += count;
    if (count < spec.least || count > spec.most) {
      return fail(ErrorCode::invalid_input,
                  format("a {} leaf cites {} leaves as '{}'", name_of(leaf.type), count, spec.role));
    }
  }
  const bool needs_one =
      leaf.type == LeafType::distinct || leaf.type == LeafType::withhold || leaf.type == LeafType::redact;
  if (needs_one && cited == 0) {
    return fail(ErrorCode::invalid_input, format("a {} leaf cites no entry", name_of(leaf.type)));
  }
  return {};
}

bool is_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  return std::to_string(value) == text;
}

bool is_interval(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return false;
  const std::string_view low = text.substr(0, dots);
  const std::string_view high = text.substr(dots + 2);
  if ((!low.empty() && !is_integer(low)) || (!high.empty() && !is_integer(high))) return false;
  if (low.empty() || high.empty()) return true;
  return std::stoll(std::string(low)) <= std::stoll(std::string(high));
}

bool is_word(std::string_view text) {
  constexpr std::size_t kMaxWordBytes = 64;  // the longest codebook key has 30; a bound keeps cells printable
  if (text.empty() || text.size() > kMaxWordBytes || !is_utf8(text)) return false;
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_year(std::string_view text) { return text.size() == 4 && Day::parse(format("{}-01-01", text)).has_value(); }
bool is_month(std::string_view text) { return text.size() == 7 && Day::parse(format("{}-01", text)).has_value(); }
bool is_day(std::string_view text) { return Day::parse(text).has_value(); }
bool is_instant(std::string_view text) {
  const auto parsed = Instant::parse(text);
  return parsed.has_value() && parsed->text() == text;
}
bool is_hex(std::string_view text, std::size_t digits) { return text.size() == digits && from_hex(text).has_value(); }

/// Canonical, and no deeper than lines are read.
bool is_json(std::string_view text) {
  LineScanner in(text);
  in.value();
  return in.at_end();
}

bool is_spelled(std::string_view kind, std::string_view value) {
  if (kind == "text") return is_utf8(value);
  if (kind == "code" || kind == "area") return is_word(value);
  if (kind == "integer") return is_integer(value);
  if (kind == "interval") return is_interval(value);
  if (kind == "year") return is_year(value);
  if (kind == "month") return is_month(value);
  if (kind == "day") return is_day(value);
  if (kind == "instant") return is_instant(value);
  if (kind == "id") return is_hex(value, 32);
  if (kind == "digest") return is_hex(value, 64);
  if (kind == "json") return is_json(value);
  return kind == "list" && ListHead::parse(value).has_value();
}

}  // namespace

std::span<const SlotSpec> slots_of(LeafType type) {
  switch (type) {
    case LeafType::capture:
      return kCapture;
    case LeafType::source:
      return kSource;
    case LeafType::dispose:
      return kDispose;
    case LeafType::decision:
      return kDecision;
    case LeafType::event:
      return std::span(kAmend).first(kEventSlots);
    case LeafType::victim:
      return kVictim;
    case LeafType::amend:
      return kAmend;
    case LeafType::distinct:
      return kDistinct;
    case LeafType::merge:
    case LeafType::split:
    case LeafType::withhold:
    case LeafType::withdraw:
      return kAct;
    case LeafType::redact:
      return kRedact;
    case LeafType::rule:
      return kRule;
    case LeafType::key:
      return kKey;
    case LeafType::heartbeat:
      return {};
    case LeafType::edition:
      return kEdition;
  }
  return {};
}

namespace {

/// Where each path stands in the table of each type: totals look up a dozen paths of every entry.
std::vector<std::unordered_map<std::string_view, std::uint32_t>> places_of_paths() {
  std::vector<std::unordered_map<std::string_view, std::uint32_t>> out;
  for (std::size_t type = 0; type <= static_cast<std::size_t>(LeafType::edition); ++type) {
    auto& places = out.emplace_back();
    for (const SlotSpec& spec : slots_of(static_cast<LeafType>(type))) {
      places.emplace(spec.path, static_cast<std::uint32_t>(places.size()));
    }
  }
  return out;
}

}  // namespace

std::optional<std::uint32_t> slot_at(LeafType type, std::string_view path) {
  static const auto kPlaces = places_of_paths();
  const auto& places = kPlaces[static_cast<std::size_t>(type)];
  const auto found = places.find(path);
  return found == places.end() ? std::nullopt : std::optional(found->second);
}

std::span<const RefSpec> refs_of(LeafType type) {
  switch (type) {
    case LeafType::dispose:
      return kDisposeRefs;
    case LeafType::event:
      return kEventRefs;
    case LeafType::amend:
      return kAmendRefs;
    case LeafType::merge:
      return kMergeRefs;
    case LeafType::split:
      return kSplitRefs;
    case LeafType::distinct:
      return kDistinctRefs;
    case LeafType::withhold:
      return kWithholdRefs;
    case LeafType::withdraw:
      return kWithdrawRefs;
    case LeafType::redact:
      return kRedactRefs;
    case LeafType::rule:
      return kRuleRefs;
    case LeafType::key:
    case LeafType::edition:
      return kPreviousRefs;
    default:
      return {};
  }
}

std::span<const std::string_view> count_kinds() { return kCountKinds; }

Result<void> check_shape(const Leaf& leaf) {
  const std::size_t wanted = slots_of(leaf.type).size();
  if (leaf.slots.size() != wanted) {
    return fail(ErrorCode::invalid_input,
                format("a {} leaf has {} slots, not {}", name_of(leaf.type), wanted, leaf.slots.size()));
  }
  GAVAH_TRY(check_roles(leaf));
  GAVAH_TRY(check_presence(leaf, "bind", bind_of(leaf.type), leaf.bind));
  const Presence object = leaf.type == LeafType::capture ? Presence::always : Presence::never;
  return check_presence(leaf, "object", object, leaf.object);
}

Result<void> check_value(std::string_view kind, const SlotValue& value) {
  if (value.is_absent()) {
    if (value.value.empty()) return {};
    return fail(ErrorCode::invalid_input, "an absent slot holds a value");
  }
  if (value.kind != kind) {
    return fail(ErrorCode::invalid_input, format("a slot of kind {} holds a value of kind {}", kind, value.kind));
  }
  return check_spelling(kind, value.value);
}

Result<void> check_spelling(std::string_view kind, std::string_view value) {
  if (is_spelled(kind, value)) return {};
  return fail(ErrorCode::invalid_input, format("'{}' is not spelled as kind {} is", utf8_prefix(value, 60), kind));
}

}  // namespace gavah::proof
