// rooms: proof model base
#include "base/check.h"
#include "proof/proof.h"

/// What parses is written back as the same bytes: add-checkpoint bodies, tlog-proofs, fork files, changes of key,
/// continuations, answers of witnesses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gavah::proof;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto request = AddCheckpoint::parse(bytes);
  if (request) GAVAH_CHECK(request->text() == bytes);
  const auto proof = LogProof::parse(bytes);
  if (proof) GAVAH_CHECK(proof->text() == bytes);
  const auto fork = Fork::parse(bytes);
  if (fork) GAVAH_CHECK(fork->text() == bytes);
  if (fork) GAVAH_CHECK(!open_fork(*fork, {}).has_value());
  const auto rotation = Rotation::parse(bytes);
  if (rotation) GAVAH_CHECK(rotation->text() == bytes);
  GAVAH_CHECK(!Continuation::open(bytes).has_value() || bytes.starts_with(kContinuationFirstLine));
  const auto lines = parse_signature_lines(bytes);
  if (!lines) return 0;
  std::string written;
  for (const NoteSignature& line : *lines) written += signature_line(line);
  GAVAH_CHECK(written == bytes);
  return 0;
}
