#include "pipeline/toolkit.h"

#include "base/check.h"
#include "base/digest.h"
#include "base/embedded.h"
#include "base/format.h"
#include "pipeline/world.h"

namespace gavah::pipeline {
namespace {

/// Raised with every change of extract or code that changes what they derive from the same bytes and data.
constexpr std::string_view kDerivation = "1";

/// What was written for this project comes first: of two rows with one id the first counts.
std::vector<std::string_view> built_in_gazetteers() {
  std::vector<std::string_view> out;
  for (const std::string_view name : {"gazetteer/written.tsv", "gazetteer/places.tsv", "gazetteer/osm.tsv"}) {
    const auto dump = embedded_data(name);
    GAVAH_CHECK(dump.has_value());
    out.push_back(*dump);
  }
  return out;
}

/// The country that a gazetteer of one country is about; empty when it has several.
std::string only_country(const place::Gazetteer& gazetteer) {
  std::string found;
  for (place::EntryNumber i = 0; i < gazetteer.size(); ++i) {
    const place::Entry entry = gazetteer.entry(i);
    if (entry.country.empty() || entry.country == found) continue;
    if (!found.empty()) return "";
    found = entry.country;
  }
  return found;
}

}  // namespace

Result<code::Coder> Toolkit::coder_with(const CodebookFiles& codebook) const {
  GAVAH_ASSIGN_AS(code::Coder coder,
                  code::Coder::load(codebook.data(), gazetteer_, {.home_country = only_country(*gazetteer_)}),
                  "reading the codebook");
  return coder;
}

Result<Toolkit> Toolkit::load(const std::vector<std::string>& gazetteers, const CodebookFiles& codebook) {
  std::vector<std::string_view> dumps(gazetteers.begin(), gazetteers.end());
  if (dumps.empty()) dumps = built_in_gazetteers();

  Toolkit out;
  GAVAH_ASSIGN_AS(place::Gazetteer gazetteer, place::Gazetteer::load_all(dumps), "reading the gazetteer");
  out.gazetteer_ = std::make_shared<const place::Gazetteer>(std::move(gazetteer));
  GAVAH_ASSIGN(code::Coder coder, out.coder_with(codebook));
  out.coder_ = std::make_unique<code::Coder>(std::move(coder));

  Sha256 places;
  for (const auto dump : dumps) places.update(sha256(dump).view());
  out.fingerprint_ = format("{} derivation {} codebook {} gazetteer {}", kProgramName, kDerivation,
                            out.coder_->data_digest().substr(0, 16), places.finish().hex().substr(0, 16));
  return out;
}

Result<Toolkit> Toolkit::load_files(Disk& disk, const std::vector<std::string>& gazetteer_files,
                                    const CodebookFiles& codebook) {
  std::vector<std::string> dumps;
  for (const auto& file : gazetteer_files) {
    GAVAH_ASSIGN_AS(std::string bytes, disk.read(file), "reading the gazetteer");
    dumps.push_back(std::move(bytes));
  }
  return load(dumps, codebook);
}

}  // namespace gavah::pipeline
