// rooms: proof model base
#include "base/check.h"
#include "proof/checkpoint.h"
#include "proof/note.h"

/// What parses is written back as the same bytes; checkpoints too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto note = gavah::proof::parse_note(bytes);
  if (note) GAVAH_CHECK(gavah::proof::note_bytes(*note) == bytes);
  const auto checkpoint = gavah::proof::Checkpoint::parse(note ? std::string_view(note->text) : bytes);
  if (checkpoint) GAVAH_CHECK(*gavah::proof::Checkpoint::parse(checkpoint->text()) == *checkpoint);
  const auto key = gavah::proof::Verifier::parse(bytes);
  if (key) GAVAH_CHECK(key->text() == bytes);
  return 0;
}
