#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "link/link.h"

namespace gavah::link {

/// A report by its place in Corpus::reports.
using ReportNumber = std::uint32_t;
/// A family by its place in Corpus::families.
using FamilyNumber = std::uint32_t;

/// The reports in the one order that everything else follows (earliest first), with who stands behind each.
struct Corpus {
  std::vector<const ReportDigest*> reports;
  std::vector<std::optional<Day>> days;  ///< published (else captured), of each report
  std::vector<FamilyNumber> family_of;   ///< of each report
  std::vector<std::string> families;     ///< sorted; the empty name is the family of reports without a source
  std::unordered_map<ReportId, ReportNumber> number_of;

  /// "compass.example, 2024-04-26".
  std::string describe(ReportNumber report) const;
  /// Days between, or nothing where one is unknown.
  std::optional<std::int32_t> days_apart(ReportNumber a, ReportNumber b) const;
};

/// Linear but for sorting. The digests must outlive the corpus.
Corpus corpus_of(std::span<const ReportDigest> reports, std::span<const Source> sources);

/// The families whose names stand in citations.
class CitedFamilies {
 public:
  CitedFamilies(const Corpus& corpus, std::span<const Source> sources);
  /// Families cited by the report other than its own, sorted. Families of the registry without a report of their own
  /// have numbers from corpus.families.size() on.
  std::vector<FamilyNumber> cited_by(ReportNumber report) const;
  /// The name of a cited family, for people.
  const std::string& name(FamilyNumber family) const { return names_[family]; }

 private:
  const Corpus& corpus_;
  std::vector<std::string> names_;
  std::map<std::string, FamilyNumber, std::less<>> by_phrase_;
};

}  // namespace gavah::link
