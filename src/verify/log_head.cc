#include "verify/log_head.h"

#include <array>

#include "base/format.h"

namespace gavah::verify {

Result<proof::Checkpoint> open_log_head(std::string_view note, const Pin& pin) {
  std::vector<proof::Verifier> keys;
  for (const RangedKey& key : pin.log_keys) keys.push_back(key.key);
  GAVAH_ASSIGN(proof::Checkpoint head, proof::open_checkpoint(note, keys));
  for (const RangedKey& key : pin.log_keys) {
    const bool is_in_range = key.first_size <= head.size && head.size <= key.last_size;
    if (is_in_range && proof::open_note(note, std::array{key.key})) return head;
  }
  return fail(ErrorCode::invalid_input, format("no key that may sign size {} has signed it", head.size));
}

}  // namespace gavah::verify
