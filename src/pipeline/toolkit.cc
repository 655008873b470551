#include "pipeline/toolkit.h"

#include "base/format.h"
#include "pipeline/gazetteer_files.h"
#include "pipeline/world.h"

namespace gavah::pipeline {
namespace {

/// Raised with every change of extract or code that changes what they derive from the same bytes and data.
constexpr std::string_view kDerivation = "1";

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

Result<Toolkit> Toolkit::load(std::shared_ptr<const place::Gazetteer> gazetteer, const CodebookFiles& codebook) {
  Toolkit out;
  out.gazetteer_ = std::move(gazetteer);
  GAVAH_ASSIGN(code::Coder coder, out.coder_with(codebook));
  out.coder_ = std::make_unique<code::Coder>(std::move(coder));
  out.fingerprint_ = format("{} derivation {} codebook {} gazetteer {}", kProgramName, kDerivation,
                            out.coder_->data_digest().substr(0, 16), out.gazetteer_->digest().hex().substr(0, 16));
  return out;
}

Result<Toolkit> Toolkit::load_files(Disk& disk, const std::vector<std::string>& gazetteer_files,
                                    const CodebookFiles& codebook) {
  GAVAH_ASSIGN(auto gazetteer, open_gazetteer(disk, gazetteer_files));
  return load(std::move(gazetteer), codebook);
}

}  // namespace gavah::pipeline
