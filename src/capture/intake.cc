#include "capture/intake.h"

#include <algorithm>

#include "base/format.h"
#include "capture/archive_index.h"
#include "capture/media_names.h"
#include "media/media.h"

namespace gavah::capture {

Intake::Intake(const ReadOptions& options, const PartSink& sink, std::uint64_t capture_bytes)
    : options_(options),
      sink_(sink),
      archive_index_(std::make_unique<ArchiveIndex>()),
      inflated_left_(std::max(options.limits.max_expanded_bytes, options.limits.max_inflate_ratio * capture_bytes)) {}

Intake::~Intake() = default;

Result<void> Intake::take(Part part, std::string_view bytes) {
  if (wants_digest(part.chain)) part.digest = digests_ahead_.sha256_of(bytes);
  return hand_over(std::move(part), bytes);
}

Result<void> Intake::take(const RecordMeta& meta, Part part, std::string_view bytes) {
  part.size_bytes = bytes.size();
  archive_index_->note_document(meta, part);
  return take(std::move(part), bytes);
}

bool Intake::wants_digest(const std::vector<ChainStep>& chain) const {
  switch (options_.part_digests) {
    case PartDigests::computed:
      return true;
    case PartDigests::of_unpacked:
      return !is_plain(chain);
    case PartDigests::left_to_caller:
      break;
  }
  return false;
}

Result<void> Intake::hand_over(Part part, std::string_view bytes) {
  if (container_.part_count == limits().max_parts) {
    return fail(ErrorCode::invalid_input, format("there are more than {} parts", limits().max_parts));
  }
  part.number = container_.part_count;
  part.size_bytes = bytes.size();
  const bool is_media = part.format == "media";
  if (is_media) part.hints.merge(media::facts_of(bytes));
  if (!is_media && media_names_ != nullptr) media_names_->look(bytes, part.number);
  auto taken = sink_(std::move(part), bytes);
  sink_failed_ = !taken;
  if (taken) ++container_.part_count;
  if (taken && is_media) ++media_count_;
  return taken;
}

void Intake::add_hint(const std::string& name, std::string_view value) {
  constexpr std::size_t kMaxHintBytes = 4096;
  std::string& hint = container_.hints[name];
  if (value.empty() || hint == value || hint.find(value) != std::string::npos) return;
  if (hint.size() + value.size() + 2 > kMaxHintBytes) return;
  if (!hint.empty()) hint += "; ";
  hint += value;
}

Result<void> Intake::take_document(const Document& document, std::string_view format, std::string_view media_type) {
  const std::uint64_t size_bytes = document.bytes.size();
  if (size_bytes > limits().max_part_bytes) {
    return fail(ErrorCode::invalid_input,
                gavah::format("it has {} bytes; one document may have {}", size_bytes, limits().max_part_bytes));
  }
  GAVAH_ASSIGN(const std::string bytes, document.bytes.read({0, size_bytes}));
  Part part;
  part.chain = document.chain;
  if (part.chain.empty()) part.chain = chain_to(document, {0, size_bytes}, "none");
  part.format = format;
  part.media_type = media_type;
  part.path = document.path;
  part.hints = document.hints;
  part.captured = document.captured;
  return take(std::move(part), bytes);
}

void Intake::add_problem(std::string_view what, std::string where, std::string reason) {
  has_losses_ = true;
  add_flaw(what, std::move(where), std::move(reason));
}

void Intake::add_flaw(std::string_view what, std::string where, std::string reason) {
  ++container_.problem_count;
  if (container_.problems.size() >= limits().max_problems) return;
  container_.problems.push_back({std::string(what), std::move(where), std::move(reason)});
}

Result<void> Intake::spend_inflated(std::uint64_t bytes) {
  if (bytes > inflated_left_) {
    inflated_left_ = 0;
    return fail(ErrorCode::invalid_input, format("it expands to more than {} bytes, and to more than {} times its size",
                                                 limits().max_expanded_bytes, limits().max_inflate_ratio));
  }
  inflated_left_ -= bytes;
  return {};
}

void Intake::set_format(const Document& document, std::string_view format) {
  if (document.nesting == 0 || container_.format.empty()) container_.format = format;
}

std::string inner_path(std::string_view path, std::string_view name) {
  if (path.empty()) return std::string(name);
  return format("{}/{}", path, name);
}

std::vector<ChainStep> chain_to(const Document& document, ByteRange range, std::string_view decoder) {
  std::vector<ChainStep> chain;
  chain.reserve(document.chain.size() + 4);
  chain = document.chain;
  chain.push_back({range, std::string(decoder)});
  return chain;
}

}  // namespace gavah::capture
