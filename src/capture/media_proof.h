#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/instant.h"

namespace gavah::capture {

/// What a package of ProofMode says of its files. Location, cells, networks and numbers of the device stand there as
/// well: they stay in the sealed bytes alone and are never taken out.
class MediaProofs {
 public:
  /// True for "HASH.proof.csv" and "HASH.proof.json": what says something of a file.
  static bool is_proof(std::string_view name);
  /// True for anything that ProofMode puts beside the files: proofs, signatures, time-stamps, keys, its notes.
  static bool is_beside(std::string_view name);

  /// Reads a proof. What cannot be read states nothing.
  void note(std::string_view name, std::string_view text);
  /// Notes that there is a signature ("HASH.asc", "HASH.proof.csv.asc").
  void note_signature(std::string_view name);

  /// What a file is known by that has this digest: "proof"="ProofMode", and "signed"="1" where a signature lies beside
  /// it (it is not checked). Empty where no proof is about it. Notes that it was met.
  std::map<std::string, std::string> hints_of(const Digest& digest);
  /// When the proof about it was made, by the device's clock.
  std::optional<Instant> made(const Digest& digest) const;
  /// Digests of files that proofs are about and that were not met, in order.
  std::vector<std::string> missing() const;

 private:
  struct Proof {
    std::optional<Instant> made;
    bool is_signed = false;
    bool is_met = false;
  };
  std::map<std::string, Proof, std::less<>> proofs_;  ///< by digest in hex
};

}  // namespace gavah::capture
