#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/leaf.h"
#include "proof/list.h"

namespace gavah::proof {

/// A line of claims.jsonl or parts.jsonl: one opened record of one list slot,
///   {"type":"opened","entry":N,"leaf":N,"slot":PATH,"index":N,"record":RECORD,"salt":HEX64,"proof":[HEX64,…]}
/// RECORD is canonical JSON, so that its bytes are those that were hashed. `leaf` holds the slot; `entry` is what it
/// states (the same, unless it is an `amend`).
struct ListLine {
  LeafIndex entry = 0;
  LeafIndex leaf = 0;
  std::string slot;
  RecordOpening opening;
};
std::string to_json(const ListLine& line);
/// Strict: accepts exactly what to_json gives, except that the record is taken as it stands: whoever reads a record
/// checks that it is one value in canonical form.
Result<ListLine> list_line_from(std::string_view line);

/// Opens records of one list; hashes the list once. The records must outlive it.
class ListOpener {
 public:
  explicit ListOpener(std::span<const ListRecord> records);
  RecordOpening open(std::uint64_t index) const;

 private:
  std::span<const ListRecord> records_;
  HashTree tree_;
};

/// A line of dispositions.jsonl: all records of a `dispose` leaf, which need no proofs,
///   {"type":"disposition","capture":N,"leaf":N,"records":[[RECORD,HEX64],…]}
struct DispositionLine {
  LeafIndex capture = 0;
  LeafIndex leaf = 0;
  std::vector<ListRecord> records;
};
std::string to_json(const DispositionLine& line);
Result<DispositionLine> disposition_line_from(std::string_view line);

}  // namespace gavah::proof
