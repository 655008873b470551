#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/byte_source.h"
#include "base/result.h"
#include "capture/wacz.h"
#include "capture/web_archive.h"

namespace gavah::capture {

/// What the records of a capture's web archives say of one another: redirects, and revisits ("the server sent what it
/// had sent before, see there"). A revisit whose original lies in the same capture becomes a part of its own: the
/// original's bytes under the revisit's address and date. Of one whose original lies elsewhere the record itself is the
/// part, where a page or text may be meant: it holds no words, but says where they are. One thread.
class ArchiveIndex {
 public:
  /// Documents and redirects remembered, each. Beyond, revisits and redirects stay unresolved, which is said.
  static constexpr std::size_t kMaxRemembered = 50'000;
  static constexpr std::size_t kMaxHops = 10;  // browsers follow 20; what is met in archives is below 5

  /// A response says that `from` has moved to `location`, an address that may be relative to it.
  void note_redirect(std::string_view from, std::string_view location);
  /// The addresses that led to this one, the first asked for first.
  std::vector<std::string> led_to(std::string_view url) const;

  /// A page that a list names: what a person opened, unlike what it loaded.
  void note_page(const WaczPage& page);
  /// The page at an address, which is then known to be here; null when no list names it.
  const WaczPage* page_at(std::string_view url);

  /// A document that is handed over: `part` as it goes to the sink.
  void note_document(const RecordMeta& meta, const Part& part);
  /// A revisit record, its own header and all, of which `chain` leads to the bytes.
  void note_revisit(const RecordMeta& meta, std::string_view block, std::vector<ChainStep> chain);
  /// At the end of the capture: hands over the revisits that can be resolved and says of the others that what they
  /// refer to is not here.
  Result<void> settle(const ByteSource& capture, Intake& intake);

 private:
  struct Original {
    Part part;
    std::string payload_digest;
  };
  struct ListedPage {
    WaczPage page;
    bool is_here = false;
  };
  struct Revisit {
    RecordMeta meta;
    int status = 0;          ///< of its own HTTP header, 0 when it has none
    std::string media_type;  ///< of the document, where that header states it
    std::vector<ChainStep> chain;
  };

  void tell_missing_pages(Intake& intake) const;
  const Original* original_of(const RecordMeta& meta) const;
  static Result<std::optional<std::string>> bytes_of(const ByteSource& capture, const std::vector<ChainStep>& chain,
                                                     Intake& intake);
  Result<bool> resolve(const ByteSource& capture, const Revisit& revisit, Intake& intake);
  static Result<void> take_reference(const ByteSource& capture, const Revisit& revisit, Intake& intake);

  std::unordered_map<std::string, std::string> came_from_;  // looked into only, never walked
  std::vector<ListedPage> pages_;
  std::unordered_map<std::string, std::size_t> page_by_url_;  // looked into only
  std::vector<Original> originals_;
  std::unordered_map<std::string, std::size_t> by_key_;  // record id, digest, address and date; looked into only
  std::vector<Revisit> revisits_;
  std::uint64_t forgotten_ = 0;
};

/// `location` as an absolute address, seen from `base` (RFC 3986, 5.2, without dot segments).
std::string absolute_address(std::string_view base, std::string_view location);

}  // namespace gavah::capture
