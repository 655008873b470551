#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "code/code.h"

namespace gavah::pipeline {

/// The files of a codebook with its lexicons, by their names ("codebook/acts.json", "lexicon/en/cues.tsv"). Any thread.
class CodebookFiles {
 public:
  /// Those built in.
  static CodebookFiles built_in();
  /// Those of a directory laid out as data/: what it lacks is as built in. A directory of lexicons with a language.tsv
  /// adds a language. Other files are passed over. not_found when the directory has none of these.
  static Result<CodebookFiles> read(Disk& disk, const std::string& directory);
  /// As a chronicle keeps one that it took: one JSON file.
  static Result<CodebookFiles> from_json(std::string_view text);
  std::string to_json() const;

  /// Views of the files: they must outlive it.
  code::CoderData data() const;
  const std::map<std::string, std::string>& files() const { return files_; }
  /// Every mistake in them; beside code::check, worked examples that are not coded as the act they stand for.
  Result<std::vector<code::Finding>> check() const;
  /// The weights of the layer, trained on passages (code::training_hits) with these lexicons.
  Result<std::string> train_layer(std::string_view passages) const;
  /// The page of that name (code::page_of); the index when it is empty.
  Result<std::string> page(const std::string& name, std::string_view language) const;
  /// What all pages are made of, as JSON (code::pages_json).
  Result<std::string> pages_json() const;
  /// All pages, or the files themselves, into a directory that does not exist yet. refused when it does.
  Result<void> write_pages(Disk& disk, const std::string& directory, std::string_view language) const;
  Result<void> write(Disk& disk, const std::string& directory) const;
  /// Names of the files that are not as built in.
  std::vector<std::string> changed() const;

 private:
  code::CoderData all_data() const;
  std::map<std::string, std::string> files_;
};

/// The name that a chronicle's codebook has in its directory.
inline constexpr std::string_view kTakenCodebook = "codebook.json";

}  // namespace gavah::pipeline
