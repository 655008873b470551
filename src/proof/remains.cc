#include "proof/remains.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/json.h"
#include "proof/contents.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kRemains = "remains";
constexpr std::string_view kRemainingParts = "remains/parts";
constexpr std::array<std::string_view, 4> kOfTheWhole{"size", "sha256", "same-bytes", "chains"};

bool is_of_the_whole(std::string_view path) { return std::ranges::find(kOfTheWhole, path) != kOfTheWhole.end(); }

bool holds(const Remains& remains, PartNumber number) {
  return std::ranges::binary_search(remains.parts, number, {}, &Part::number);
}

}  // namespace

void set_remains(Entry& redaction, const Remains& remains, Random& random) {
  JsonWriter out;
  out.begin_object().member("object", remains.object.hex()).member("sha256", remains.sha256.hex());
  redaction.set(kRemains, out.member("size", remains.size_bytes).end_object().take());
  std::vector<std::string> parts;
  for (const Part& part : remains.parts) parts.push_back(to_json(part));
  redaction.set_list(kRemainingParts, std::move(parts), random);
}

namespace {

/// The slot `remains`: all but the parts.
Result<Remains> object_from(const SealedEntry& redaction) {
  const std::string* text = redaction.find(kRemains);
  if (text == nullptr) {
    return fail(ErrorCode::not_found, format("leaf {} says of no capture what stays", redaction.index));
  }
  GAVAH_ASSIGN(const Json json, Json::parse(*text));
  ObjectReader in(json);
  Remains out;
  out.object = in.parsed("object", Digest::from_hex);
  out.sha256 = in.parsed("sha256", Digest::from_hex);
  const std::int64_t size = in.integer("size");
  GAVAH_TRY_AS(in.finish(), format("reading what stays, at leaf {}", redaction.index));
  if (size < 0) return fail(ErrorCode::corrupt, format("leaf {}: a negative size", redaction.index));
  out.size_bytes = static_cast<std::uint64_t>(size);
  return out;
}

}  // namespace

Result<Remains> remains_from(const SealedEntry& redaction) {
  GAVAH_ASSIGN(Remains out, object_from(redaction));
  for (const ListRecord& record : redaction.list(kRemainingParts)) {
    GAVAH_ASSIGN(const Json part_json, Json::parse(record.bytes));
    GAVAH_ASSIGN(Part part, part_from_json(part_json));
    const bool ascends = out.parts.empty() || out.parts.back().number < part.number;
    if (!ascends) return fail(ErrorCode::corrupt, format("leaf {}: parts out of order", redaction.index));
    out.parts.push_back(std::move(part));
  }
  return out;
}

Result<std::optional<Digest>> remaining_object(const SealedEntry& redaction) {
  if (redaction.find(kRemains) == nullptr) return std::optional<Digest>();
  GAVAH_ASSIGN(const Remains remains, object_from(redaction));
  return std::optional(remains.object);
}

void reduce(SealedEntry& capture, const Remains& remains) {
  if (capture.slot_keys.empty()) {
    for (const SlotSpec& spec : slots_of(LeafType::capture)) {
      if (!is_of_the_whole(spec.path)) capture.slot_keys.emplace(spec.path, slot_key(capture.key, spec.path));
    }
    capture.key = {};
  }
  for (const std::string_view path : kOfTheWhole) capture.values.erase(std::string(path));
  capture.lists.erase("chains");
  const auto parts = capture.lists.find("parts");
  if (parts == capture.lists.end()) return;
  for (ListRecord& record : parts->second) {
    if (record.destroyed) continue;
    const auto part = part_record_from(record.bytes);
    if (part && holds(remains, part->part)) continue;
    record = ListRecord{{}, {}, record_hash(record)};
  }
}

Capture reduced(Capture before, const Remains& remains) {
  before.size_bytes = remains.size_bytes;
  before.digest = remains.sha256;
  before.same_bytes.clear();
  before.destroyed.clear();
  for (PartNumber number = 0; number < before.part_count; ++number) {
    if (!holds(remains, number)) before.destroyed.push_back(number);
  }
  return before;
}

}  // namespace gavah::proof
