#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "age/age.h"
#include "base/byte_source.h"
#include "base/disk.h"
#include "base/random.h"
#include "base/result.h"

namespace gavah::store {

/// What could not be read, with its reason: quarantine/ID.payload is the payload of an age file, quarantine/ID.age a
/// whole age file that holds one JSON line about it, its header among it. Names and reasons lie sealed like everything
/// else; how many there are and how long can be seen. One writer.
class Quarantine {
 public:
  Quarantine(Disk& disk, std::string directory) : disk_(&disk), directory_(std::move(directory)) {}

  /// Seals bytes to ID.payload, on stable storage when it returns.
  Result<age::Sealed> keep_bytes(const std::string& id, const ByteSource& bytes, const age::Recipient& recipient,
                                 Random& random);
  /// Seals the line about them, on stable storage when it returns. What has no line is not there.
  Result<void> keep_record(const std::string& id, std::string_view json, const age::Recipient& recipient,
                           Random& random);
  /// Each line, in order of id; refused when it is sealed to someone else, corrupt when it was changed.
  Result<void> for_each(const age::Identity& identity,
                        const std::function<Result<void>(std::string_view)>& visit) const;
  /// How many there are, without opening them.
  Result<std::uint64_t> count() const;

 private:
  Disk* disk_;
  std::string directory_;
};

}  // namespace gavah::store
