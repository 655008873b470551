#include "model/anchor.h"

namespace gavah {
namespace {

/// The non-negative integers of an array member, or nothing when it is not `count` of them.
std::optional<std::vector<std::uint64_t>> numbers(const Json& json, std::string_view key, std::size_t count) {
  const Json* member = json.find(key);
  if (member == nullptr || member->items().size() != count) return std::nullopt;
  std::vector<std::uint64_t> out;
  for (const Json& item : member->items()) {
    const auto value = item.integer();
    if (!value || *value < 0) return std::nullopt;
    out.push_back(static_cast<std::uint64_t>(*value));
  }
  return out;
}

void write_numbers(JsonWriter& out, std::string_view key, std::initializer_list<std::uint64_t> values) {
  out.key(key).begin_array();
  for (const auto value : values) out.unsigned_integer(value);
  out.end_array();
}

std::uint32_t small(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

}  // namespace

bool meets(const Anchor& a, const Anchor& b) {
  if (a.capture != b.capture || a.part != b.part) return false;
  const auto* first = std::get_if<ByteRange>(&a.where);
  const auto* second = std::get_if<ByteRange>(&b.where);
  if (first == nullptr || second == nullptr) return a.where == b.where;
  return *first == *second || (first->begin < second->end && second->begin < first->end);
}

void write_anchor(JsonWriter& out, const Anchor& anchor) {
  out.begin_object().member("capture", anchor.capture.hex()).member("part", anchor.part);
  if (const auto* bytes = std::get_if<ByteRange>(&anchor.where)) {
    write_numbers(out, "bytes", {bytes->begin, bytes->end});
  } else if (const auto* time = std::get_if<TimeRange>(&anchor.where)) {
    write_numbers(out, "time_ms", {time->begin_ms, time->end_ms});
  } else if (const auto* box = std::get_if<FrameBox>(&anchor.where)) {
    write_numbers(out, "box", {box->frame, box->left, box->top, box->width, box->height});
  } else if (const auto* cell = std::get_if<TableCell>(&anchor.where)) {
    write_numbers(out, "cell", {cell->row, cell->column});
  }
  out.end_object();
}

Result<Anchor> anchor_from_json(const Json& json) {
  ObjectReader in(json);
  Anchor out;
  out.capture = in.parsed("capture", CaptureId::from_hex);
  const auto part = in.integer("part");
  if (part < 0 || part > 0xffffffff) in.complain("part", "is no part number");
  GAVAH_TRY(in.finish());
  out.part = static_cast<PartNumber>(part);
  if (const auto bytes = numbers(json, "bytes", 2); bytes && (*bytes)[0] <= (*bytes)[1]) {
    out.where = ByteRange{(*bytes)[0], (*bytes)[1]};
  } else if (const auto time = numbers(json, "time_ms", 2); time && (*time)[0] <= (*time)[1]) {
    out.where = TimeRange{(*time)[0], (*time)[1]};
  } else if (const auto box = numbers(json, "box", 5)) {
    out.where = FrameBox{small((*box)[0]), small((*box)[1]), small((*box)[2]), small((*box)[3]), small((*box)[4])};
  } else if (const auto cell = numbers(json, "cell", 2)) {
    out.where = TableCell{small((*cell)[0]), small((*cell)[1])};
  } else {
    return fail(ErrorCode::invalid_input, "an anchor needs bytes, time_ms, box or cell");
  }
  return out;
}

}  // namespace gavah
