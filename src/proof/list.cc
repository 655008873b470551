#include "proof/list.h"

#include <charconv>

#include "base/format.h"

namespace gavah::proof {
namespace {

std::string_view view_of(const std::array<std::uint8_t, 32>& salt) {
  return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

}  // namespace

ListRecord salted(std::string bytes, Random& random) { return {std::move(bytes), random.array<32>(), {}}; }

Digest record_hash(const ListRecord& record) {
  if (record.destroyed) return *record.destroyed;
  constexpr std::string_view kLeaf("\0", 1);  // RFC 6962: what leaf_hash() puts before a leaf
  return sha256(kLeaf, view_of(record.salt), record.bytes);
}

std::string ListHead::text() const { return format("{} {}", count, root.hex()); }

Result<ListHead> ListHead::parse(std::string_view text) {
  const auto space = text.find(' ');
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "malformed list head"); };
  if (space == std::string_view::npos) return malformed();
  ListHead out;
  const auto [end, error] = std::from_chars(text.data(), text.data() + space, out.count);
  if (error != std::errc{} || end != text.data() + space || (space > 1 && text.front() == '0')) return malformed();
  GAVAH_ASSIGN(out.root, Digest::from_hex(text.substr(space + 1)));
  return out;
}

ListHead list_head(std::span<const ListRecord> records) {
  CompactRange range;
  for (const ListRecord& record : records) range.append(record_hash(record));
  return {range.size(), range.root()};
}

Result<RecordOpening> open_record(std::span<const ListRecord> records, std::uint64_t index) {
  if (index >= records.size()) return fail(ErrorCode::invalid_input, format("the list has no record {}", index));
  HashTree tree;
  for (const ListRecord& record : records) tree.append(record_hash(record));
  GAVAH_ASSIGN(Proof proof, inclusion_proof(index, tree.size(), tree.reader()));
  return RecordOpening{index, records[index], std::move(proof)};
}

Result<void> check_record(const RecordOpening& opening, const ListHead& head) {
  return verify_inclusion(opening.index, head.count, record_hash(opening.record), opening.proof, head.root);
}

bool is_whole_list(std::span<const ListRecord> records, const ListHead& head) { return list_head(records) == head; }

}  // namespace gavah::proof
