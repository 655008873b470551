#include "store/page_seal.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"
#include "base/digest.h"
#include "base/format.h"
#include "base/random.h"

namespace gavah::store {
namespace {

constexpr std::string_view kLabel = "gavah/page/0";
constexpr std::string_view kMagic = "gvh0";

Digest file_key(const PageSealing& sealing, const PageKey& key) {
  const std::string_view epoch_key(reinterpret_cast<const char*>(key.data()), key.size());
  return hkdf_sha256(epoch_key, std::string(kLabel).append(sealing.role));
}

}  // namespace

PageSeal::PageSeal(const PageSealing& sealing, const PageKey& key, const FileMark& mark)
    : mark_(mark), cipher_(file_key(sealing, key).view()) {
  SystemRandom random;
  random.fill(std::span(nonce_).first(16));
}

PageSeal PageSeal::fresh(const PageSealing& sealing) {
  GAVAH_CHECK(!sealing.epochs.empty());
  const auto& [epoch, key] = *sealing.epochs.rbegin();
  std::string mark(kMagic);
  append_u32_be(mark, epoch);
  SystemRandom random;
  mark.append(random.bytes(kFileMarkBytes - mark.size()));
  FileMark bytes{};
  std::copy(mark.begin(), mark.end(), bytes.begin());
  return PageSeal(sealing, key, bytes);
}

std::uint32_t PageSeal::epoch_of(const FileMark& mark) {
  std::uint32_t out = 0;
  for (std::size_t i = kMagic.size(); i < kMagic.size() + 4; ++i) out = out << 8U | static_cast<std::uint8_t>(mark[i]);
  return out;
}

Result<PageSeal> PageSeal::of(const PageSealing& sealing, const FileMark& mark) {
  if (!std::string_view(mark.data(), mark.size()).starts_with(kMagic)) {
    return fail(ErrorCode::corrupt, format("the {} is no sealed database", sealing.role));
  }
  const auto key = sealing.epochs.find(epoch_of(mark));
  if (key == sealing.epochs.end()) {
    return fail(ErrorCode::refused,
                format("the {} is sealed under epoch {}, whose key is gone", sealing.role, epoch_of(mark)));
  }
  return PageSeal(sealing, key->second, mark);
}

std::string PageSeal::associated(BlockKind kind, std::uint64_t number) const {
  std::string out(kLabel);
  out.push_back(static_cast<char>(kind));
  out.append(mark_.data(), mark_.size());
  append_u64_be(out, number);
  return out;
}

void PageSeal::seal(BlockKind kind, std::uint64_t number, std::span<char> body, std::span<char, kSealBytes> seal_out) {
  for (std::size_t i = 0; i < 8; ++i) nonce_[16 + i] = static_cast<std::uint8_t>(sealed_blocks_ >> (8 * i));
  ++sealed_blocks_;
  GAVAH_CHECK(sealed_blocks_ != 0);
  const auto tag = cipher_.seal(nonce_, associated(kind, number), body);
  const auto behind = std::copy(nonce_.begin(), nonce_.end(), seal_out.begin());
  std::copy(tag.begin(), tag.end(), behind);
}

bool PageSeal::open(BlockKind kind, std::uint64_t number, std::span<char> body,
                    std::span<const char, kSealBytes> seal) {
  XChaCha20Poly1305::Nonce nonce{};
  XChaCha20Poly1305::Tag tag{};
  std::copy_n(seal.begin(), nonce.size(), nonce.begin());
  std::copy_n(seal.subspan(nonce.size()).begin(), tag.size(), tag.begin());
  return cipher_.open(nonce, associated(kind, number), body, tag);
}

}  // namespace gavah::store
