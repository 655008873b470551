#include "store/part_spool.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::size_t kHeldBytes = 64U << 10U;  // a page's parts never reach the disk; several hundred spools may wait
constexpr std::size_t kDigestBytes = 32;

/// Blocks are numbered under a key of their own.
ChaCha20Poly1305::Nonce nonce_of(std::uint64_t block) {
  ChaCha20Poly1305::Nonce out{};
  for (std::size_t i = 0; i < sizeof block; ++i) out[i] = static_cast<std::uint8_t>(block >> (8 * i));
  return out;
}

std::uint64_t take_number(std::string_view& in, std::size_t bytes) {
  std::uint64_t out = 0;
  for (const char c : in.substr(0, bytes)) out = (out << 8U) | static_cast<unsigned char>(c);
  in.remove_prefix(bytes);
  return out;
}

std::string_view take_bytes(std::string_view& in, std::size_t bytes) {
  const std::string_view out = in.substr(0, bytes);
  in.remove_prefix(bytes);
  return out;
}

/// The parts of one block, which is authentic: what add() wrote.
Result<void> visit_block(std::string_view block, PartNumber& next,
                         const std::function<Result<void>(const SpooledPart&)>& visit) {
  while (!block.empty()) {
    SpooledPart part;
    part.number = next++;
    part.size_bytes = take_number(block, 8);
    part.digest = Digest::from_bytes(take_bytes(block, kDigestBytes));
    const auto size = static_cast<std::size_t>(take_number(block, 4));
    part.json = take_bytes(block, size);
    GAVAH_TRY(visit(part));
  }
  return {};
}

}  // namespace

PartSpool::PartSpool(Disk& disk, std::string file, CaptureId capture, Random& random)
    : disk_(&disk), file_(std::move(file)), capture_(capture), random_(&random) {}

PartSpool::PartSpool(PartSpool&& other) noexcept
    : disk_(other.disk_),
      file_(std::exchange(other.file_, {})),
      capture_(other.capture_),
      random_(other.random_),
      count_(std::exchange(other.count_, 0)),
      held_(std::exchange(other.held_, {})),
      block_ends_(std::exchange(other.block_ends_, {})),
      cipher_(std::exchange(other.cipher_, std::nullopt)),
      writer_(std::move(other.writer_)) {}

PartSpool& PartSpool::operator=(PartSpool&& other) noexcept {
  std::swap(disk_, other.disk_);
  std::swap(file_, other.file_);
  std::swap(capture_, other.capture_);
  std::swap(random_, other.random_);
  std::swap(count_, other.count_);
  std::swap(held_, other.held_);
  std::swap(block_ends_, other.block_ends_);
  std::swap(cipher_, other.cipher_);
  std::swap(writer_, other.writer_);
  return *this;
}

PartSpool::~PartSpool() {
  // What cannot be removed opens to nobody, and goes with the next writer's leftovers.
  [[maybe_unused]] const auto removed = remove_file();
}

Result<void> PartSpool::add(Part part) {
  if (part.number != count_)
    return fail(ErrorCode::invalid_input, format("part {} comes after {}", part.number, count_));
  part.capture = capture_;
  append_u64_be(held_, part.size_bytes);
  held_ += part.digest.view();
  append_length_prefixed(held_, to_json(part));
  ++count_;
  return held_.size() < kHeldBytes ? Result<void>() : put_away();
}

Result<void> PartSpool::put_away() {
  if (!writer_) {
    GAVAH_TRY(disk_->make_directories(std::string(parent_path(file_))));
    GAVAH_ASSIGN(writer_, disk_->create(file_));
    cipher_.emplace(random_->bytes(ChaCha20Poly1305::kKeyBytes));
  }
  std::string sealed;
  sealed.reserve(held_.size() + ChaCha20Poly1305::kTagBytes);
  cipher_->seal(nonce_of(block_ends_.size()), held_, sealed);
  GAVAH_TRY(writer_->append(sealed));
  block_ends_.push_back((block_ends_.empty() ? 0 : block_ends_.back()) + sealed.size());
  held_.clear();
  return {};
}

Result<void> PartSpool::remove_file() {
  if (!writer_) return {};
  writer_.reset();
  cipher_.reset();
  block_ends_.clear();
  return disk_->remove(file_);
}

Result<void> PartSpool::clear() {
  count_ = 0;
  held_.clear();
  return remove_file();
}

Result<void> PartSpool::for_each(const std::function<Result<void>(const SpooledPart&)>& visit) {
  PartNumber next = 0;
  if (!block_ends_.empty()) {
    GAVAH_ASSIGN_AS(const auto file, disk_->open(file_), std::string("reading parts that wait"));
    std::uint64_t begin = 0;
    for (std::size_t block = 0; block < block_ends_.size(); ++block) {
      const std::uint64_t end = block_ends_[block];
      GAVAH_ASSIGN_AS(const std::string sealed, file->read({begin, end}), std::string("reading parts that wait"));
      GAVAH_ASSIGN_AS(const std::string plain, cipher_->open(nonce_of(block), sealed),
                      std::string("reading parts that wait"));
      GAVAH_TRY(visit_block(plain, next, visit));
      begin = end;
    }
  }
  return visit_block(held_, next, visit);
}

}  // namespace gavah::store
