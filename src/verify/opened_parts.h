#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_source.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {

using PartKey = std::pair<proof::LeafIndex, PartNumber>;

/// A part whose bytes travel with the edition.
struct OpenedPart {
  PartKey key;
  proof::PartRecord record;
  proof::PartPlace place;
};

/// The heads that the lists of an edition open to, and what is said when one is not opened.
std::optional<proof::ListHead> head_of(const proof::ListLine& line, const EditionState& edition,
                                       const std::string& file, Findings& findings);

/// Parts whose bytes travel with the edition: lines of parts.jsonl, and the files below evidence/ that hold them. The
/// folder must outlive it. Once it is read, any thread.
class OpenedParts {
 public:
  explicit OpenedParts(const EditionFolder& folder) : folder_(folder) {}

  /// Checks every line, every pack and what each file holds. Once.
  void read(std::size_t threads, const EditionState& edition, Findings& findings);
  /// Under a policy that opens cited parts only: each is.
  void check_cited(const std::set<PartKey>& cited, const EditionState& edition, Findings& findings) const;
  /// Null when the part's bytes are not in the edition. Logarithmic.
  const OpenedPart* find(const PartKey& key) const;
  /// Bytes of a part, `range` within it; nothing when they cannot be read.
  std::optional<std::string> bytes_of(const OpenedPart& part, const ByteRange& range) const;

 private:
  void add(OpenedPart&& part, Findings& findings);
  void give_places(Findings& findings);
  void check_files(const EditionState& edition, Findings& findings) const;
  void check_pack(std::uint64_t pack, const proof::FileStamp& stamp, Findings& findings) const;

  const EditionFolder& folder_;
  std::vector<OpenedPart> parts_;  ///< ascending by key
  proof::PackLayout layout_;
  std::vector<std::vector<const OpenedPart*>> packed_;   ///< of each pack its parts, in their order
  std::vector<std::unique_ptr<ByteSource>> open_packs_;  ///< the first of them; empty where one cannot be opened
};

}  // namespace gavah::verify
