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
  const bool is_bare = text.starts_with('\n');
  const auto blank = is_bare ? 0 : text.find("\n\n");
  if (blank == std::string_view::npos) return fail(ErrorCode::invalid_input, "a request has no empty line");
  GAVAH_ASSIGN(out.proof, parse_hash_lines(is_bare ? std::string_view() : text.substr(0, blank + 1)));
  out.note = text.substr(is_bare ? 1 : blank + 2);
  return out;
}

}  // namespace gavah::proof
