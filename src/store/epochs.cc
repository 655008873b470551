#include "store/epochs.h"

#include <algorithm>

#include "base/aead.h"
#include "base/bytes.h"
#include "base/json.h"

namespace gavah::store {
namespace {

constexpr std::string_view kFormat = "gavah-epochs/0";
constexpr std::size_t kRowBytes = 36;  ///< an epoch and its key

XChaCha20Poly1305 cipher_of(const IdSecret& pages) {
  return XChaCha20Poly1305({reinterpret_cast<const char*>(pages.bytes.data()), pages.bytes.size()});
}

}  // namespace

std::string epochs_text(const EpochKeys& epochs, const IdSecret& pages, Random& random) {
  std::string rows;
  for (const auto& [epoch, key] : epochs) {
    append_u32_be(rows, epoch);
    rows.append(reinterpret_cast<const char*>(key.data()), key.size());
  }
  const auto nonce = random.array<24>();
  const auto tag = cipher_of(pages).seal(nonce, kFormat, rows);
  rows.append(reinterpret_cast<const char*>(tag.data()), tag.size());
  JsonWriter out;
  out.begin_object().member("format", kFormat);
  out.member("nonce", to_base64({reinterpret_cast<const char*>(nonce.data()), nonce.size()}));
  out.member("sealed", to_base64(rows)).end_object();
  return out.take() + "\n";
}

Result<EpochKeys> epochs_from(std::string_view text, const IdSecret& pages) {
  GAVAH_ASSIGN(const Json json, Json::parse(text, Json::DuplicateKeys::reject));
  ObjectReader in(json);
  const std::string format = in.text("format");
  const std::string nonce_bytes = in.parsed("nonce", from_base64);
  std::string rows = in.parsed("sealed", from_base64);
  GAVAH_TRY_AS(in.finish(), "reading the epochs");
  XChaCha20Poly1305::Nonce nonce{};
  XChaCha20Poly1305::Tag tag{};
  if (format != kFormat || nonce_bytes.size() != nonce.size() || rows.size() < tag.size() + kRowBytes ||
      (rows.size() - tag.size()) % kRowBytes != 0) {
    return fail(ErrorCode::invalid_input, "the epochs are of another form");
  }
  std::copy(nonce_bytes.begin(), nonce_bytes.end(), nonce.begin());
  std::copy(rows.end() - static_cast<std::ptrdiff_t>(tag.size()), rows.end(), tag.begin());
  rows.resize(rows.size() - tag.size());
  if (!cipher_of(pages).open(nonce, kFormat, rows, tag)) {
    return fail(ErrorCode::refused, "the epochs are sealed under another secret, or were changed");
  }
  EpochKeys out;
  for (std::size_t at = 0; at < rows.size(); at += kRowBytes) {
    std::uint32_t epoch = 0;
    for (std::size_t i = 0; i < 4; ++i) epoch = epoch << 8U | static_cast<std::uint8_t>(rows[at + i]);
    PageKey key{};
    std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(at) + 4, key.size(), key.begin());
    out.emplace(epoch, key);
  }
  return out;
}

}  // namespace gavah::store
