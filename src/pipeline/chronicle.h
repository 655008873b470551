#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "pipeline/source_registry.h"
#include "pipeline/toolkit.h"
#include "pipeline/world.h"
#include "seal/seal.h"
#include "store/store.h"

namespace gavah::pipeline {

using store::Access;
using store::Protection;

struct OpenOptions {
  std::string directory;
  Access access = Access::read_only;
  AskPassphrase ask_passphrase;
};

/// An open chronicle and what its workflows need, each made when it is first asked for. One thread.
class Chronicle {
 public:
  /// not_found when there is none; refused for a wrong passphrase. `world` must outlive it.
  static Result<std::unique_ptr<Chronicle>> open(World& world, const OpenOptions& options);

  World& world() { return world_; }
  store::Chronicle& stored() { return stored_; }
  Protection protection() const { return stored_.protection(); }
  const std::string& directory() const { return stored_.directory(); }
  const std::string& origin() const { return stored_.config().origin; }
  const IdSecret& ids() const { return stored_.keys().ids; }

  /// The index; an empty one when nothing was derived yet.
  Result<store::Index*> index();
  /// Forgets the open index, which someone removes.
  void close_index() { index_.reset(); }
  /// Puts a finished scratch index in place of the present one.
  Result<void> replace_index(const std::string& scratch_path);
  /// The log's one writer; refused when opened for reading.
  Result<seal::LogWriter*> writer();
  Result<const Toolkit*> toolkit();
  /// The codebook in use: the one the chronicle took, else the one built in.
  Result<CodebookFiles> codebook();
  /// Takes a toolkit that was loaded already, for the gazetteer of this chronicle.
  void use(std::shared_ptr<const Toolkit> toolkit) { toolkit_ = std::move(toolkit); }
  /// Makes a codebook the chronicle's own, which codes it from the next derive on: kept in its directory, in one file
  /// that is replaced whole. invalid_input when it cannot be read as one.
  Result<void> take_codebook(const CodebookFiles& codebook);
  /// Makes a list of gazetteer files (open_gazetteer) the chronicle's own, in place of the ones it had: copies of them
  /// are kept in its directory, and it is coded with them from the next derive on.
  Result<void> take_gazetteer(const std::vector<std::string>& files);
  /// The registry as the ledger has it: of two entries for one source the later one counts.
  Result<const SourceRegistry*> sources();
  /// To be called after sources were sealed.
  void forget_sources() { sources_.reset(); }

  /// Every decision, oldest first.
  Result<std::vector<Decision>> decisions();
  /// Origin and public keys, as verifiers keep them.
  Result<std::string> pin();

 private:
  std::vector<std::string> gazetteer_files() const;
  /// An index that is whole from the moment it has its name.
  Result<void> make_empty_index();
  Chronicle(World& world, store::Chronicle stored, Access access)
      : world_(world), stored_(std::move(stored)), access_(access) {}
  World& world_;
  store::Chronicle stored_;
  Access access_;
  std::optional<store::Index> index_;
  std::optional<seal::LogWriter> writer_;
  std::shared_ptr<const Toolkit> toolkit_;
  std::optional<SourceRegistry> sources_;
};

}  // namespace gavah::pipeline
