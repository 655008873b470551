#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/source.h"

namespace gavah::pipeline {

/// The sources of a case, found by what bytes say of themselves: a host, an account, a channel's title. Immutable.
class SourceRegistry {
 public:
  SourceRegistry() = default;
  explicit SourceRegistry(std::vector<Source> sources);

  const std::vector<Source>& sources() const { return sources_; }
  /// The source meant by `stated`: by id, then by name, letters folded, without "@", "www." and a leading scheme;
  /// for a host also by its first label ("gazette" for "gazette.example"). Null when none, or when two would fit.
  const Source* find(std::string_view stated) const;
  /// The registry's id of `stated`, or `stated` itself.
  std::string resolve(std::string_view stated) const;

 private:
  static constexpr std::size_t kAmbiguous = static_cast<std::size_t>(-1);
  std::vector<Source> sources_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::size_t> by_name_;
};

/// Reads a CSV with a header naming at least "id"; columns name, kind, family, lang, reason, valid_from and valid_to
/// where there are any. A row without id, or an id twice, is invalid input and named by its line.
Result<std::vector<Source>> sources_from_csv(std::string_view csv);

}  // namespace gavah::pipeline
