#include "pipeline/original.h"

#include <utility>
#include <vector>

#include "base/format.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kPartsAtOnce = 16'384;

std::string hint_of(const Part& part, const std::string& name) {
  const auto found = part.hints.find(name);
  return found == part.hints.end() ? std::string() : found->second;
}

/// What a revisit record says of what it refers to.
class Reference {
 public:
  explicit Reference(const Part& revisit)
      : digest_(hint_of(revisit, "payload_digest")), url_(hint_of(revisit, "refers_to_url")) {
    if (const auto date = Instant::parse(hint_of(revisit, "refers_to_date"))) date_ = *date;
  }

  /// Takes `part` where nothing better was found before.
  void offer(const Part& part) {
    if (part.format == "revisit") return;
    const std::string digest = hint_of(part, "payload_digest");
    if (!digest_.empty() && digest == digest_) {
      if (by_digest_) return;
      by_digest_ = Original{part, format("its payload digest {}, as its reader says", digest)};
    } else if (!by_date_ && (digest.empty() || digest_.empty()) && date_ && !url_.empty() && part.url == url_ &&
               part.captured == date_) {
      by_date_ = Original{part, "its address and date"};
    }
  }
  bool is_certain() const { return by_digest_.has_value(); }
  std::optional<Original> take() { return by_digest_ ? std::move(by_digest_) : std::move(by_date_); }

 private:
  std::string digest_;
  std::string url_;
  std::optional<Instant> date_;
  std::optional<Original> by_digest_;
  std::optional<Original> by_date_;
};

}  // namespace

Result<std::optional<Original>> original_of(Chronicle& chronicle, const Part& revisit) {
  store::Ledger& ledger = chronicle.stored().ledger();
  std::vector<Capture> captures;
  GAVAH_TRY(
      ledger.for_each_json(proof::LeafType::capture, 0, [&](proof::LeafIndex, std::string_view line) -> Result<void> {
        GAVAH_ASSIGN(const Json json, Json::parse(line));
        GAVAH_ASSIGN(Capture capture, capture_from_json(json));
        captures.push_back(std::move(capture));
        return {};
      }));
  Reference reference(revisit);
  for (const Capture& capture : captures) {
    for (PartNumber next = 0; next < capture.part_count && !reference.is_certain();) {
      GAVAH_ASSIGN(const std::vector<Part> parts, ledger.parts(capture.id, next, kPartsAtOnce));
      if (parts.empty()) break;  // the last ones were shredded
      for (const Part& part : parts) reference.offer(part);
      next = parts.back().number + 1;
    }
  }
  return reference.take();
}

}  // namespace gavah::pipeline
