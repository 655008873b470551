#include "age/age.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "age/header.h"
#include "age/payload.h"
#include "base/aead.h"
#include "base/check.h"
#include "base/format.h"
#include "base/scrypt.h"
#include "base/x25519.h"

namespace gavah::age {
namespace {

constexpr std::size_t kFileKeyBytes = 16;
constexpr std::string_view kX25519 = "X25519";
constexpr std::string_view kX25519Label = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kScryptSaltBytes = 16;
constexpr std::size_t kMaxRecipients = 16;
constexpr std::uint64_t kPieceBytes = 16 * kChunkBytes;  ///< plaintext read, and sealed bytes written, at a time

std::string_view view_of(const X25519Value& value) {
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

Digest wrap_key(const X25519Value& shared, const X25519Value& share, const X25519Value& recipient) {
  return hkdf_sha256(view_of(shared), kX25519Label, std::string(view_of(share)).append(view_of(recipient)));
}

Result<Stanza> wrap(std::string_view file_key, const Recipient& recipient, Random& random) {
  const X25519Value ephemeral = random.array<32>();
  const X25519Value share = x25519_public(ephemeral);
  GAVAH_ASSIGN(const X25519Value shared, x25519_shared(ephemeral, recipient.key));
  Stanza out;
  out.arguments = {std::string(kX25519), to_unpadded_base64(view_of(share))};
  ChaCha20Poly1305(wrap_key(shared, share, recipient.key).view()).seal({}, file_key, out.body);
  return out;
}

/// The file key, nothing when the stanza is for someone else.
Result<std::optional<std::string>> unwrap(const Stanza& stanza, const Identity& identity) {
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "malformed age header: an X25519 stanza"); };
  if (stanza.arguments.size() != 2) return malformed();
  GAVAH_ASSIGN(const std::string raw, from_unpadded_base64(stanza.arguments[1]));
  if (raw.size() != 32 || stanza.body.size() != kFileKeyBytes + ChaCha20Poly1305::kTagBytes) return malformed();
  X25519Value share{};
  std::copy(raw.begin(), raw.end(), share.begin());
  X25519Value secret{};
  std::copy(identity.secret().begin(), identity.secret().end(), secret.begin());
  GAVAH_ASSIGN(const X25519Value shared, x25519_shared(secret, share));
  auto key = ChaCha20Poly1305(wrap_key(shared, share, identity.recipient().key).view()).open({}, stanza.body);
  if (!key) return std::optional<std::string>();
  return std::optional<std::string>(*std::move(key));
}

Result<std::string> find_file_key(const Header& header, std::span<const Identity> identities) {
  for (const Identity& identity : identities) {
    for (const Stanza& stanza : header.stanzas) {
      if (stanza.arguments.front() != kX25519) continue;
      GAVAH_ASSIGN(auto key, unwrap(stanza, identity));
      if (key) return *std::move(key);
    }
  }
  return fail(ErrorCode::refused, "an age file is sealed to none of these identities");
}

/// A work factor in its one spelling: no sign, no leading zero.
Result<std::uint32_t> work_from(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || std::to_string(value) != text) {
    return fail(ErrorCode::invalid_input, "malformed age header: a work factor");
  }
  return value;
}

Result<std::string> scrypt_key(std::string_view passphrase, std::string_view salt, std::uint32_t log2_work) {
  return scrypt(passphrase, std::string(kScryptLabel).append(salt), log2_work);
}

Result<std::string> find_file_key(const Header& header, std::string_view passphrase) {
  const Stanza& stanza = header.stanzas.front();
  if (stanza.arguments.front() != kScryptType) {
    return fail(ErrorCode::refused, "an age file is sealed to keys, not to a passphrase");
  }
  if (stanza.arguments.size() != 3) return fail(ErrorCode::invalid_input, "malformed age header: a scrypt stanza");
  GAVAH_ASSIGN(const std::string salt, from_unpadded_base64(stanza.arguments[1]));
  GAVAH_ASSIGN(const std::uint32_t log2_work, work_from(stanza.arguments[2]));
  if (salt.size() != kScryptSaltBytes || stanza.body.size() != kFileKeyBytes + ChaCha20Poly1305::kTagBytes) {
    return fail(ErrorCode::invalid_input, "malformed age header: a scrypt stanza");
  }
  GAVAH_ASSIGN(const std::string wrapping_key, scrypt_key(passphrase, salt, log2_work));
  auto key = ChaCha20Poly1305(wrapping_key).open({}, stanza.body);
  if (!key) return fail(ErrorCode::refused, "that is not the passphrase of this age file");
  return *std::move(key);
}

Digest header_mac(std::string_view file_key, std::string_view authenticated) {
  return hmac_sha256(hkdf_sha256(file_key, "header").view(), authenticated);
}

/// Encrypts piece by piece, hashing both sides on the way.
Result<void> seal_payload(const ByteSource& plain, std::string_view file_key, Random& random, FileWriter& out,
                          Sealed& sealed) {
  std::string buffer = random.bytes(kNonceBytes);
  ChaCha20Poly1305 cipher(payload_key(file_key, buffer));
  Sha256 plain_hash;
  Sha256 payload_hash;
  std::uint64_t at = 0;
  do {
    const std::uint64_t end = std::min(at + kPieceBytes, plain.size());
    GAVAH_ASSIGN(const std::string piece, plain.read({at, end}));
    plain_hash.update(piece);
    std::string_view rest = piece;
    do {
      const std::string_view chunk = rest.substr(0, kChunkBytes);
      rest.remove_prefix(chunk.size());
      const ChunkPlace place = end == plain.size() && rest.empty() ? ChunkPlace::last : ChunkPlace::inner;
      cipher.seal(chunk_nonce(at / kChunkBytes, place), chunk, buffer);
      at += chunk.size();
    } while (!rest.empty());
    payload_hash.update(buffer);
    sealed.payload_size_bytes += buffer.size();
    GAVAH_TRY(out.append(buffer));
    buffer.clear();
  } while (at < plain.size());
  sealed.plain_size_bytes = plain.size();
  sealed.plain_digest = plain_hash.finish();
  sealed.payload_digest = payload_hash.finish();
  return {};
}

Result<Sealed> seal_under(const ByteSource& plain, std::string_view file_key, const std::vector<Stanza>& stanzas,
                          Random& random, FileWriter& out) {
  Sealed sealed;
  sealed.header = unsigned_header(stanzas);
  const Digest mac = header_mac(file_key, sealed.header);
  sealed.header.append(" ").append(to_unpadded_base64(mac.view())).append("\n");
  GAVAH_TRY(seal_payload(plain, file_key, random, out, sealed));
  return sealed;
}

/// The header's form; nothing may follow it.
Result<Header> whole_header(std::string_view header) {
  GAVAH_ASSIGN(Header parsed, parse_header(header));
  if (parsed.size_bytes != header.size()) return fail(ErrorCode::invalid_input, "bytes follow an age header");
  return parsed;
}

Result<std::unique_ptr<ByteSource>> open_under(const Header& header, std::string_view file_key,
                                               std::unique_ptr<ByteSource> payload) {
  if (!equal_secret(header_mac(file_key, header.authenticated).view(), header.mac)) {
    return fail(ErrorCode::invalid_input, "an age header does not fit its MAC");
  }
  return PayloadSource::open(file_key, std::move(payload));
}

}  // namespace

Result<Sealed> seal(const ByteSource& plain, std::span<const Recipient> recipients, Random& random, FileWriter& out) {
  GAVAH_CHECK(!recipients.empty() && recipients.size() <= kMaxRecipients);
  const std::string file_key = random.bytes(kFileKeyBytes);
  std::vector<Stanza> stanzas;
  for (const Recipient& recipient : recipients) {
    GAVAH_ASSIGN(Stanza stanza, wrap(file_key, recipient, random));
    stanzas.push_back(std::move(stanza));
  }
  return seal_under(plain, file_key, stanzas, random, out);
}

Result<Sealed> seal_with_passphrase(const ByteSource& plain, std::string_view passphrase, std::uint32_t log2_work,
                                    Random& random, FileWriter& out) {
  const std::string file_key = random.bytes(kFileKeyBytes);
  const std::string salt = random.bytes(kScryptSaltBytes);
  GAVAH_ASSIGN(const std::string wrapping_key, scrypt_key(passphrase, salt, log2_work));
  Stanza stanza{{std::string(kScryptType), to_unpadded_base64(salt), std::to_string(log2_work)}, {}};
  ChaCha20Poly1305(wrapping_key).seal({}, file_key, stanza.body);
  return seal_under(plain, file_key, {std::move(stanza)}, random, out);
}

std::uint64_t payload_size(std::uint64_t plain_size_bytes) {
  const std::uint64_t chunks = std::max<std::uint64_t>(1, (plain_size_bytes + kChunkBytes - 1) / kChunkBytes);
  return kNonceBytes + plain_size_bytes + chunks * ChaCha20Poly1305::kTagBytes;
}

Result<std::unique_ptr<ByteSource>> open(std::string_view header, std::span<const Identity> identities,
                                         std::unique_ptr<ByteSource> payload) {
  GAVAH_ASSIGN(const Header parsed, whole_header(header));
  GAVAH_ASSIGN(const std::string file_key, find_file_key(parsed, identities));
  return open_under(parsed, file_key, std::move(payload));
}

Result<std::unique_ptr<ByteSource>> open_with_passphrase(std::string_view header, std::string_view passphrase,
                                                         std::unique_ptr<ByteSource> payload) {
  GAVAH_ASSIGN(const Header parsed, whole_header(header));
  GAVAH_ASSIGN(const std::string file_key, find_file_key(parsed, passphrase));
  return open_under(parsed, file_key, std::move(payload));
}

Result<std::size_t> header_size(std::string_view file) {
  GAVAH_ASSIGN(const Header parsed, parse_header(file));
  return parsed.size_bytes;
}

}  // namespace gavah::age
