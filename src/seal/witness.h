#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::seal {

/// What a witness says to an add-checkpoint request, by HTTP's numbers, also where no HTTP is spoken.
struct WitnessAnswer {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;  ///< 200: signature lines; 409: the size that the witness has seen, and a newline; else a sentence
};

/// Makes the folder of a witness: a new key of that name (signature type 0x04), in the clear because it signs without a
/// person. refused when there is one.
Result<void> create_witness(Disk& disk, const std::string& directory, const std::string& name, Random& random);
/// Lets the witness sign for the log of that key; its name is the log's origin. Several keys of one origin are keys of
/// one log. Adding one again is fine.
Result<void> add_witnessed_log(Disk& disk, const std::string& directory, const proof::Verifier& key);

/// A small C2SP tlog-witness. It cosigns only what extends the tree that it last cosigned for the same origin, checks
/// and stores in one step, and is on stable storage before it answers. One thread; a lock keeps other processes out.
class Witness {
 public:
  /// unavailable when another process has the folder. Disk and clock must outlive it.
  static Result<Witness> open(Disk& disk, const std::string& directory, const Clock& clock);
  Witness(Witness&&) noexcept;
  Witness& operator=(Witness&&) noexcept;
  ~Witness();

  const proof::WitnessKey& key() const;
  const std::vector<proof::Verifier>& logs() const;
  /// 200, 400, 403, 404, 409 or 422 as tlog-witness says; 500 when the disk fails, and from then on: a witness that
  /// does not know what it has stored signs nothing more.
  WitnessAnswer add_checkpoint(std::string_view request);

 private:
  struct State;
  explicit Witness(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gavah::seal
