#pragma once

#include <deque>
#include <vector>

#include "extract/extract.h"

namespace gavah::extract {

/// The reports of one part while they are made. Gives each its id, capture, part and what is said of all of them.
class ReportSet {
 public:
  ReportSet(const ExtractInput& input, const IdSecret& secret) : input_(input), secret_(secret) {}

  /// A new report; the reference lives as long as the set. Null when the part has kReports already.
  Report* add(ReportKind kind);
  std::deque<Report>& reports() { return reports_; }
  const ExtractInput& input() const { return input_; }

  /// When the capture was taken, as the container or the operator says.
  std::optional<Instant> captured() const;
  /// Fills what the bytes left open (source, url, published, language, relations stated in words) and gives the
  /// reports.
  std::vector<Report> finish();

 private:
  static constexpr std::size_t kReports = 4096;

  /// The words of an e-mail are its sender's, of the moment that its header states.
  void fill_from_mail();
  void fill_source(Report& report) const;
  void fill_published(Report& report) const;

  const ExtractInput& input_;
  const IdSecret& secret_;
  std::deque<Report> reports_;
};

/// The host of an address, without "www."; empty when there is none.
std::string host_of(std::string_view url);

}  // namespace gavah::extract
