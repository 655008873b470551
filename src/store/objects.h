#pragma once

#include <memory>
#include <span>
#include <string>

#include "age/age.h"
#include "base/byte_source.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/random.h"
#include "base/result.h"
#include "store/part_spool.h"

namespace gavah::store {

/// Encrypted payloads as files objects/ab/<SHA-256 of the payload>. put() may be called from several threads.
class Objects {
 public:
  Objects(Disk& disk, std::string directory) : disk_(&disk), directory_(std::move(directory)) {}

  /// Encrypts into a temporary file and renames it to its name. Not durable before sync().
  Result<age::Sealed> put(const ByteSource& plain, std::span<const age::Recipient> recipients, Random& random);
  /// Makes everything put so far durable: one flush for many objects.
  Result<void> sync();

  /// The plaintext. not_found when there is no such object.
  Result<std::unique_ptr<ByteSource>> open(const Digest& name, std::string_view header, const age::Identity& identity);
  /// Removes the payload, on stable storage when it returns; fine when it is not there.
  Result<void> remove(const Digest& name);
  /// The payload as it lies on disk.
  Result<std::unique_ptr<ByteSource>> payload(const Digest& name);
  /// Rehashes the file; corrupt when it is not what its name says.
  Result<void> check(const Digest& name);
  std::string path_of(const Digest& name) const;
  /// Room for the parts of a capture until they are in the ledger. This object's disk must outlive it. Any thread.
  PartSpool spool(const CaptureId& capture, Random& random) const;
  /// Removes what an interrupted put() or a spool left behind.
  Result<void> remove_leftovers();

 private:
  Disk* disk_;
  std::string directory_;
};

}  // namespace gavah::store
