#pragma once

#include <optional>
#include <string>

#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::publish {

/// What to hand over alone: the record of an entry with its opened claims, or a total with its members.
struct ExcerptChoice {
  std::optional<proof::LeafIndex> entry;
  std::optional<std::string> total;                   ///< name of a rule; exactly one of the two
  std::optional<std::uint64_t> claim = std::nullopt;  ///< of an entry: this claim alone, by its place in the list
};

/// Takes it out of an edition's directory; needs no key, for all of it is public. not_found when the edition discloses
/// no such entry, counts by no such rule, or opens no such claim. What it takes is not checked here: verify_excerpt()
/// does that.
Result<proof::Excerpt> make_excerpt(Disk& disk, const std::string& directory, const ExcerptChoice& choice);

}  // namespace gavah::publish
