#pragma once

#include <cstdint>
#include <vector>

#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"
#include "store/store.h"

namespace gavah::seal {

/// The log keys of a chronicle, as its configuration names them, oldest first.
std::vector<proof::Verifier> log_keys_of(const store::Chronicle& chronicle);
/// The tree of all leaves of a ledger.
Result<proof::HashTree> tree_of(store::Chronicle& chronicle);
/// The log keys that the copy's own log vouches for: those that `known` names, and each that a `key` leaf hands over
/// to, from one key to the next. refused when the copy's configuration names another.
Result<std::vector<proof::Verifier>> keys_by_rotation(store::Chronicle& copy, std::vector<proof::Verifier> known);

/// Appends what the mirror has beyond `chronicle`, when its leaves continue those and give `head`; after a change of
/// key takes the mirror's keys too, wrapped as those of `chronicle` are. Gives how many leaves. Nothing half done is
/// mended: the caller throws the copy away.
Result<std::uint64_t> catch_up(store::Chronicle& chronicle, store::Chronicle& mirror, const proof::Checkpoint& head,
                               const store::Rewrap& wrap);

}  // namespace gavah::seal
