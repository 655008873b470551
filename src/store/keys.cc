#include "store/keys.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"

namespace gavah::store {
namespace {

constexpr std::string_view kFormat = "gavah-keys/0";

std::string_view view_of(const IdSecret& secret) {
  return {reinterpret_cast<const char*>(secret.bytes.data()), secret.bytes.size()};
}

Result<IdSecret> secret_from(std::string_view hex) {
  GAVAH_ASSIGN(const std::string raw, from_hex(hex));
  IdSecret out;
  if (raw.size() != out.bytes.size()) return fail(ErrorCode::invalid_input, "a secret has 32 bytes");
  std::copy(raw.begin(), raw.end(), out.bytes.begin());
  return out;
}

}  // namespace

Result<Keys> Keys::generate(const std::string& origin, Random& random) {
  GAVAH_ASSIGN(proof::Signer log, proof::Signer::generate(origin, random));
  GAVAH_ASSIGN(proof::Signer release, proof::Signer::generate(origin + "/release", random));
  const age::Identity identity = age::Identity::generate(random);
  const IdSecret ids{random.array<32>()};
  const IdSecret marks{random.array<32>()};
  return Keys{std::move(log), std::move(release), std::move(identity), ids, marks, IdSecret{random.array<32>()}};
}

namespace {

/// Every member but the check, as one JSON object.
std::string checked_text(const Keys& keys) {
  JsonWriter out;
  out.begin_object().member("format", kFormat).member("log", keys.log.text()).member("release", keys.release.text());
  out.member("age", keys.identity.text()).member("ids", to_hex(view_of(keys.ids)));
  out.member("marks", to_hex(view_of(keys.marks))).key("pages");
  keys.pages ? out.text(to_hex(view_of(*keys.pages))) : out.null();
  out.key("next_log");
  keys.next_log ? out.text(keys.next_log->text()) : out.null();
  out.end_object();
  return out.take();
}

}  // namespace

std::string keys_text(const Keys& keys) {
  // Keys in the clear have nothing else that would notice a flipped bit in a secret.
  std::string out = checked_text(keys);
  const std::string check = sha256(out).hex();
  out.pop_back();
  return out + R"(,"check":")" + check + "\"}\n";
}

Result<Keys> keys_from(std::string_view text) {
  GAVAH_ASSIGN(const Json json, Json::parse(text, Json::DuplicateKeys::reject));
  ObjectReader in(json);
  const std::string format = in.text("format");
  const std::string log = in.text("log");
  const std::string release = in.text("release");
  const std::string identity = in.text("age");
  const std::string ids = in.text("ids");
  const std::string marks = in.text("marks");
  const auto pages = in.optional_text("pages");
  static_cast<void>(in.text("check"));
  auto next_log = in.optional_parsed("next_log", proof::Signer::parse);
  GAVAH_TRY_AS(in.finish(), "reading the keys");
  if (format != kFormat) return fail(ErrorCode::invalid_input, "the keys are of another format");
  GAVAH_ASSIGN(proof::Signer log_signer, proof::Signer::parse(log));
  GAVAH_ASSIGN(proof::Signer release_signer, proof::Signer::parse(release));
  GAVAH_ASSIGN(const age::Identity age_identity, age::Identity::parse(identity));
  GAVAH_ASSIGN(const IdSecret id_secret, secret_from(ids));
  GAVAH_ASSIGN(const IdSecret mark_secret, secret_from(marks));
  std::optional<IdSecret> page_secret;
  if (pages) {
    GAVAH_ASSIGN(page_secret, secret_from(*pages));
  }
  Keys out{std::move(log_signer), std::move(release_signer), age_identity, id_secret, mark_secret,
           page_secret,           std::move(next_log)};
  // Also a member whose name changed, and would be read as one that is not there.
  if (keys_text(out) != text)
    return fail(ErrorCode::corrupt, "the keys are not what was written: a bit of them changed");
  return out;
}

Digest mark_of(const Keys& keys, const Digest& plain_digest) {
  return hmac_sha256(view_of(keys.marks), plain_digest.view());
}

}  // namespace gavah::store
