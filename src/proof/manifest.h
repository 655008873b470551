#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/instant.h"
#include "base/result.h"
#include "proof/leaf.h"
#include "proof/register.h"
#include "proof/total.h"

namespace gavah::proof {

/// A file of an edition. `path` is relative, of parts that are neither empty, "." nor "..".
struct FileStamp {
  std::string path;
  std::uint64_t size_bytes = 0;
  Digest sha256;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// A rule that the edition counts by.
struct RuleStamp {
  std::string name;
  LeafIndex leaf = 0;
  Digest sha256;
  friend bool operator==(const RuleStamp&, const RuleStamp&) = default;
};

/// A rule's overall number in the edition before.
struct TotalStamp {
  std::string rule;
  Bounds bounds;
  friend bool operator==(const TotalStamp&, const TotalStamp&) = default;
};

/// What an edition says of the one before it.
struct PreviousStamp {
  Digest manifest;  ///< SHA-256 of its edition.json, signature included
  std::uint64_t number = 0;
  std::uint64_t size = 0;  ///< leaves
  Digest policy;
  std::vector<TotalStamp> totals;
  friend bool operator==(const PreviousStamp&, const PreviousStamp&) = default;
};

/// The text of edition.json before it is signed: one line of JSON and a newline,
///   {"type":"edition","format":"gavah/0","number","day","origin","checkpoint":{"size","root"},"policy":HEX,
///    "rules":[{"name","leaf","sha256"}],"previous":null|{"manifest","number","size","policy","totals":[{"rule","low",
///    "high"}]},"accounting":{"events":{…},"victims":{…}},"files":[{"path","size","sha256"}]}
/// `files` are those at the top, ascending by path; one of them, files.jsonl, lists all others in the same form.
struct Manifest {
  std::uint64_t number = 1;
  Day day;
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  Digest policy;
  std::vector<RuleStamp> rules;
  std::optional<PreviousStamp> previous;
  Accounting events;
  Accounting victims;
  std::vector<FileStamp> files;

  std::string text() const;
  /// Strict: accepts exactly what text() gives.
  static Result<Manifest> parse(std::string_view text);
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// {"path","size","sha256"}, a line of files.jsonl.
std::string to_json(const FileStamp& file);
Result<FileStamp> file_stamp_from(std::string_view line);

}  // namespace gavah::proof
