#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "model/capture.h"
#include "proof/proof.h"
#include "store/store.h"

namespace gavah::seal {

/// An entry with everything that ledger and keyring keep of it, before it has a leaf.
struct Prepared {
  proof::Entry entry;
  std::string json;
  std::optional<Digest> mark;
  std::string age_header;
};

struct Row {
  store::LedgerEntry entry;
  store::EntrySecret secret;
};

/// Leaf, key and id for the entry that will stand at `index`.
Result<Row> row_of(Prepared prepared, proof::LeafIndex index, Day day, const std::string& origin, Random& random);

struct Rows {
  std::vector<store::LedgerEntry> entries;
  std::vector<store::EntrySecret> secrets;
};

/// Leaves, keys and ids for entries that will stand at [first, first + entries.size()).
Result<Rows> rows_of(std::vector<Prepared> entries, proof::LeafIndex first, Day day, const std::string& origin,
                     Random& random);

}  // namespace gavah::seal
