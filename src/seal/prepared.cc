#include "seal/prepared.h"

#include "base/format.h"

namespace gavah::seal {

Result<Rows> rows_of(std::vector<Prepared> entries, proof::LeafIndex first, Day day, const std::string& origin,
                     Random& random) {
  Rows out;
  out.entries.reserve(entries.size());
  out.secrets.reserve(entries.size());
  for (Prepared& prepared : entries) {
    const proof::LeafIndex index = first + out.entries.size();
    const std::string attempted = format("making leaf {}", index);
    const auto id = proof::EntryId::from_bytes(random.bytes(16));
    const proof::EntryKey key{random.array<32>()};
    GAVAH_ASSIGN_AS(const proof::Leaf leaf, proof::leaf_of(prepared.entry, id, day, key, origin), attempted);
    GAVAH_TRY_AS(proof::check_refs_before(leaf, index), attempted);
    GAVAH_ASSIGN_AS(std::string bytes, proof::leaf_bytes(leaf), attempted);
    out.secrets.push_back({leaf.id, key, std::move(prepared.age_header)});
    out.entries.push_back({leaf.id, leaf.type, std::move(bytes), std::move(prepared.entry.values),
                           std::move(prepared.entry.lists), std::move(prepared.json), std::move(prepared.parts),
                           prepared.mark});
  }
  return out;
}

}  // namespace gavah::seal
