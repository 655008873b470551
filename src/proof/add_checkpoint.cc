#include "proof/add_checkpoint.h"

#include "base/format.h"
#include "proof/hash_lines.h"

namespace gavah::proof {

std::string AddCheckpoint::text() const { return format("old {}\n{}\n{}", old_size, hash_lines(proof), note); }

Result<AddCheckpoint> AddCheckpoint::parse(std::string_view text) {
  if (text.size() > kMaxAddCheckpointBytes) return fail(ErrorCode::invalid_input, "a request is too large");
  AddCheckpoint out;
  GAVAH_ASSIGN(const std::string_view size, take_line_of(text, "old"));
  GAVAH_ASSIGN(out.old_size, parse_tree_size(size));
  GAVAH_ASSIGN(out.proof, take_hash_lines(text));
  out.note = text;
  return out;
}

}  // namespace gavah::proof
