#include "proof/part_record.h"

#include "base/json.h"

namespace gavah::proof {

PartRecord part_record_of(const Part& part) { return {part.number, part.size_bytes, part.digest}; }

std::string to_json(const PartRecord& record) {
  JsonWriter out;
  out.begin_object().member("part", record.part).member("size_bytes", record.size_bytes);
  out.member("sha256", record.digest.hex()).end_object();
  return out.take();
}

Result<PartRecord> part_record_from(std::string_view json) {
  GAVAH_ASSIGN(const Json parsed, Json::parse(json, Json::DuplicateKeys::reject));
  ObjectReader in(parsed);
  PartRecord out;
  out.part = static_cast<PartNumber>(in.integer("part"));
  out.size_bytes = static_cast<std::uint64_t>(in.integer("size_bytes"));
  out.digest = in.parsed("sha256", Digest::from_hex);
  GAVAH_TRY_AS(in.finish(), "reading the record of a part");
  if (to_json(out) != json) return fail(ErrorCode::invalid_input, "the record of a part is not in its one spelling");
  return out;
}

std::string chain_record_of(const Part& part) {
  JsonWriter out;
  out.begin_object().member("part", part.number).key("chain").begin_array();
  for (const ChainStep& step : part.chain) {
    out.begin_object().key("range").begin_array();
    out.unsigned_integer(step.range.begin).unsigned_integer(step.range.end).end_array();
    out.member("decoder", step.decoder).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace gavah::proof
