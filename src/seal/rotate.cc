#include "seal/rotate.h"

namespace gavah::seal {

Result<Rotated> rotate(store::Chronicle& chronicle, LogWriter& writer, const RotateOptions& options, Random& random) {
  const store::Rewrap wrap{options.passphrase, options.cost, &random};
  if (!chronicle.keys().next_log) {
    store::Keys keys = chronicle.keys();
    GAVAH_ASSIGN(keys.next_log, proof::Signer::generate(chronicle.config().origin, random));
    GAVAH_TRY_AS(chronicle.replace_keys(std::move(keys), wrap), "keeping the next key");
  }
  GAVAH_ASSIGN_AS(const std::uint64_t from_size, writer.change_key(), "changing the log's key");
  store::Keys keys = chronicle.keys();
  keys.log = *keys.next_log;
  keys.next_log.reset();
  GAVAH_TRY_AS(chronicle.replace_keys(std::move(keys), wrap), "destroying the old key");
  return Rotated{chronicle.keys().log.verifier(), from_size};
}

}  // namespace gavah::seal
