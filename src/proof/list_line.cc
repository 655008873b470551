#include "proof/list_line.h"

#include <algorithm>

#include "base/check.h"
#include "base/json.h"
#include "proof/line_scanner.h"

namespace gavah::proof {
namespace {

std::string salt_hex(const ListRecord& record) {
  return to_hex({reinterpret_cast<const char*>(record.salt.data()), record.salt.size()});
}

Result<std::array<std::uint8_t, 32>> salt_from(std::string_view hex) {
  GAVAH_ASSIGN(const Digest digest, Digest::from_hex(hex));
  return digest.bytes;
}

LeafIndex read_index(ObjectReader& in, std::string_view key) {
  const std::int64_t value = in.integer(key);
  if (value < 0) in.complain(key, "is negative");
  return value < 0 ? 0 : static_cast<LeafIndex>(value);
}

}  // namespace

std::string to_json(const ListLine& line) {
  JsonWriter out;
  out.begin_object().member("type", "opened").member("entry", line.entry).member("leaf", line.leaf);
  out.member("slot", line.slot).member("index", line.opening.index).key("record").raw(line.opening.record.bytes);
  out.member("salt", salt_hex(line.opening.record)).key("proof").begin_array();
  for (const Digest& hash : line.opening.proof) out.text(hash.hex());
  out.end_array().end_object();
  return out.take();
}

Result<ListLine> list_line_from(std::string_view text) {
  constexpr std::string_view kSalt = R"(,"salt":)";
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "an opened record is not in canonical form"); };
  ListLine out;
  LineScanner head(text);
  head.expect(R"({"type":"opened","entry":)");
  out.entry = head.integer();
  head.expect(R"(,"leaf":)");
  out.leaf = head.integer();
  head.expect(R"(,"slot":)");
  out.slot = head.text();
  head.expect(R"(,"index":)");
  out.opening.index = head.integer();
  if (!head.expect(R"(,"record":)")) return malformed();
  // Behind the record stand hexadecimal digits only, so the last salt is the line's own.
  const std::size_t end = head.rest().rfind(kSalt);
  if (end == std::string_view::npos) return malformed();
  out.opening.record.bytes = std::string(head.rest().substr(0, end));
  LineScanner tail(head.rest().substr(end + kSalt.size()));
  out.opening.record.salt = tail.digest().bytes;
  tail.expect(R"(,"proof":[)");
  while (tail.ok() && !tail.take("]}")) {
    if (!out.opening.proof.empty()) tail.expect(",");
    out.opening.proof.push_back(tail.digest());
  }
  if (!tail.at_end()) return malformed();
  return out;
}

ListOpener::ListOpener(std::span<const ListRecord> records) : records_(records) {
  for (const ListRecord& record : records) tree_.append(record_hash(record));
}

RecordOpening ListOpener::open(std::uint64_t index) const {
  auto proof = inclusion_proof(index, tree_.size(), tree_.reader());
  GAVAH_CHECK(proof.has_value());
  return {index, records_[index], *std::move(proof)};
}

std::string to_json(const DispositionLine& line) {
  JsonWriter out;
  out.begin_object().member("type", "disposition").member("capture", line.capture).member("leaf", line.leaf);
  out.key("records").begin_array();
  for (const ListRecord& record : line.records) {
    out.begin_array().raw(record.bytes).text(salt_hex(record)).end_array();
  }
  out.end_array().end_object();
  return out.take();
}

Result<DispositionLine> disposition_line_from(std::string_view text) {
  GAVAH_ASSIGN(const Json json, Json::parse(text, Json::DuplicateKeys::reject));
  ObjectReader in(json);
  DispositionLine out;
  out.capture = read_index(in, "capture");
  out.leaf = read_index(in, "leaf");
  for (const Json& item : in.array("records")) {
    if (item.items().size() != 2 || item.items()[1].string() == nullptr) {
      return fail(ErrorCode::invalid_input, "a status is not [record,salt]");
    }
    ListRecord record;
    record.bytes = JsonWriter().value(item.items()[0]).take();
    GAVAH_ASSIGN(record.salt, salt_from(*item.items()[1].string()));
    out.records.push_back(std::move(record));
  }
  GAVAH_TRY(in.finish());
  if (to_json(out) != text) return fail(ErrorCode::invalid_input, "a disposition is not in canonical form");
  return out;
}

}  // namespace gavah::proof
