#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "proof/proof.h"
#include "store/store.h"

namespace gavah::seal {

/// The head that got cosignatures last, as a note with them: a file beside the log, because the log's checkpoint moves
/// on without them.
inline constexpr std::string_view kCosignedHeadFile = "cosigned-head";
/// Nothing when no witness has signed yet. corrupt when what lies there is no note of this log.
Result<std::optional<std::string>> cosigned_head(store::Chronicle& chronicle);

/// What to ask a witness that has seen `old_size` leaves of this log: the newest head with its proof. refused when the
/// witness has seen more than there is.
Result<proof::AddCheckpoint> ask_witness(store::Chronicle& chronicle, std::uint64_t old_size);

/// The file `cosigned` of an edition of `edition_size` leaves: the way from its head to cosigned_head(). not_found when
/// no witness has signed a head of that many leaves or more.
Result<proof::AddCheckpoint> way_to_cosigned_head(store::Chronicle& chronicle, std::uint64_t edition_size);

}  // namespace gavah::seal
