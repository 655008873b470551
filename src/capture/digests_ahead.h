#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/digest_lanes.h"
#include "capture/capture.h"

namespace gavah::capture {

/// Digests that will be asked for, worked out many at once (base/digest_lanes.h). It only saves time: what it does not
/// know is hashed when it is asked for. It knows bytes by where they lie, so they must stay where they are, unchanged,
/// until clear(). One thread.
class DigestsAhead {
 public:
  /// Nothing is known any more.
  void clear();
  /// Asks for what reading these WARC records will ask for: their block and payload digests and the SHA-256 of their
  /// documents, where these lie in the bytes as they are. How many bytes it planned for: whole records from the first
  /// byte on, with their line ends.
  std::size_t plan_records(std::string_view records, PartDigests documents);
  void want(LaneHash algorithm, std::string_view bytes);
  /// Works out all that was asked for.
  void work();

  /// The digest as bytes, if it is known.
  std::optional<std::string_view> find(LaneHash algorithm, std::string_view bytes) const;
  /// Known or not.
  Digest sha256_of(std::string_view bytes) const;

 private:
  void plan_record(std::string_view header, std::string_view block, PartDigests documents);
  const std::vector<HashJob>& jobs(LaneHash algorithm) const { return algorithm == LaneHash::sha1 ? sha1_ : sha256_; }

  std::vector<HashJob> sha1_;  // by address once worked out
  std::vector<HashJob> sha256_;
};

}  // namespace gavah::capture
