#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "base/disk.h"
#include "base/instant.h"
#include "base/result.h"
#include "model/capture.h"
#include "proof/proof.h"
#include "publish/policy.h"

namespace gavah::publish {

/// What an edition is made from: a prefix of the log with the rules in force there, and what is opened. Spans must
/// outlive the call.
struct EditionInput {
  std::span<const proof::SealedEntry> log;  ///< the entries [0, n); n is the size in `checkpoint`
  std::string checkpoint;                   ///< the signed note of that head
  std::string origin;
  Policy policy;
  std::map<std::string, std::string> area_names;  ///< names of gazetteer ids, for readers
  /// Public files that key and heartbeat leaves bind, by SHA-256 in hexadecimal; those that are missing are said to be.
  std::map<std::string, std::string> bound_files;
  std::map<std::string, std::string> extra_files;  ///< path below the edition to bytes ("site/index.html")
  std::optional<std::string> previous;             ///< directory of the edition before this one
  Day day;
  const proof::Signer* release = nullptr;  ///< never null; its public half is in the reader's pin
  /// The bytes of a part of the capture at that leaf; asked for only where the policy opens evidence.
  std::function<Result<std::string>(proof::LeafIndex capture, PartNumber part)> part_bytes;
};

/// What was written, and the leaf that says so.
struct EditionWritten {
  proof::Entry entry;    ///< the `edition` leaf, to be appended next
  std::string manifest;  ///< the bytes of edition.json
  std::uint64_t number = 0;
  std::uint64_t disclosed = 0;
  std::uint64_t withheld = 0;
  std::uint64_t files = 0;
};

/// Writes a whole edition into `directory`, which must not exist: it is made beside under another name and renamed, so
/// that no half edition is left under that name. refused when a claim of the edition could not be explained (a member
/// gained or lost without a cause, an overlap without a `distinct` leaf, a rule without its leaf), naming it.
Result<EditionWritten> write_edition(const EditionInput& input, Disk& disk, const std::string& directory);

}  // namespace gavah::publish
