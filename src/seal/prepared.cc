#include "seal/prepared.h"

#include "base/format.h"

namespace gavah::seal {

Result<Row> row_of(Prepared prepared, proof::LeafIndex index, Day day, const std::string& origin, Random& random) {
  const std::string attempted = format("making leaf {}", index);
  const auto id = proof::EntryId::from_bytes(random.bytes(16));
  const proof::EntryKey key{random.array<32>()};
  GAVAH_ASSIGN_AS(const proof::Leaf leaf, proof::leaf_of(prepared.entry, id, day, key, origin), attempted);
  GAVAH_TRY_AS(proof::check_refs_before(leaf, index), attempted);
  GAVAH_ASSIGN_AS(std::string bytes, proof::leaf_bytes(leaf), attempted);
  Row out;
  out.secret = {leaf.id, key, std::move(prepared.age_header)};
  out.entry = {leaf.id,
               leaf.type,
               std::move(bytes),
               std::move(prepared.entry.values),
               std::move(prepared.entry.lists),
               std::move(prepared.json),
               {},
               prepared.mark};
  return out;
}

Result<Rows> rows_of(std::vector<Prepared> entries, proof::LeafIndex first, Day day, const std::string& origin,
                     Random& random) {
  Rows out;
  out.entries.reserve(entries.size());
  out.secrets.reserve(entries.size());
  for (Prepared& prepared : entries) {
    GAVAH_ASSIGN(Row row, row_of(std::move(prepared), first + out.entries.size(), day, origin, random));
    out.secrets.push_back(std::move(row.secret));
    out.entries.push_back(std::move(row.entry));
  }
  return out;
}

}  // namespace gavah::seal
