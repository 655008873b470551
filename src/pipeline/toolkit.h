#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "code/code.h"
#include "pipeline/codebook_files.h"
#include "place/place.h"

namespace gavah::pipeline {

/// What the stages work with: a gazetteer, and a coder made from a codebook and its lexicons.
/// Immutable; any thread.
class Toolkit {
 public:
  static Result<Toolkit> load(std::shared_ptr<const place::Gazetteer> gazetteer,
                              const CodebookFiles& codebook = CodebookFiles::built_in());
  /// The same with open_gazetteer().
  static Result<Toolkit> load_files(Disk& disk, const std::vector<std::string>& gazetteer_files,
                                    const CodebookFiles& codebook = CodebookFiles::built_in());

  const code::Coder& coder() const { return *coder_; }
  /// A coder of another codebook over the same gazetteer.
  Result<code::Coder> coder_with(const CodebookFiles& codebook) const;
  const place::Gazetteer& gazetteer() const { return *gazetteer_; }
  /// Names everything that derived results depend on besides the chronicle: program, codebook, lexicons, gazetteer.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  Toolkit() = default;
  std::shared_ptr<const place::Gazetteer> gazetteer_;
  std::unique_ptr<code::Coder> coder_;
  std::string fingerprint_;
};

}  // namespace gavah::pipeline
