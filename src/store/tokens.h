#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::store {

/// What kind of proof of time a file is; its ending in the folder.
enum class TokenKind {
  rfc3161,        ///< ".tst": a time-stamp token
  opentimestamps  ///< ".ots"
};

/// A kept proof of time.
struct KeptToken {
  Digest note;  ///< SHA-256 of the note that it is over
  TokenKind kind = TokenKind::rfc3161;
  std::string name;  ///< file name
  std::string bytes;
};

/// Proofs of time beside the heads that they are over (spec/time.md): tokens/HEX64/checkpoint is the note whose SHA-256
/// is HEX64, beside it lie its tokens; tokens/certificates/HEX64.der are certificates that help to check them. All of
/// it is public and travels with editions. One writer.
class Tokens {
 public:
  Tokens(Disk& disk, std::string directory) : disk_(&disk), directory_(std::move(directory)) {}

  /// Keeps a note, if it is not there yet; durable.
  Result<Digest> keep_note(std::string_view note);
  /// not_found when no note with that digest was kept; corrupt when its bytes changed.
  Result<std::string> note(const Digest& digest) const;
  /// Keeps a token over a note that is kept; gives its path below the folder. The same bytes twice are one file.
  Result<std::string> add(const Digest& note, TokenKind kind, std::string_view token);
  Result<void> add_certificate(const proof::Certificate& certificate);

  Result<std::vector<proof::Certificate>> certificates() const;
  /// Every kept token, ascending by note and name.
  Result<std::vector<KeptToken>> all() const;
  /// Every file, by its path below the folder: what an edition carries as tokens/.
  Result<std::map<std::string, std::string>> files() const;
  std::string path_of(const Digest& note) const;  ///< of the kept note

 private:
  std::string folder_of(const Digest& note) const;
  Result<void> write(const std::string& path, std::string_view bytes);
  Disk* disk_;
  std::string directory_;
};

}  // namespace gavah::store
