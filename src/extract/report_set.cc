#include "extract/report_set.h"

#include <algorithm>

#include "extract/hollow.h"
#include "extract/relation_words.h"
#include "text/text.h"

namespace gavah::extract {
namespace {

/// The newest day or moment on which a post embedded in `article` was published.
std::optional<Instant> newest_embedded(const Report& article, const std::deque<Report>& reports) {
  std::optional<Instant> newest;
  for (const Relation& relation : article.relations) {
    if (relation.kind != RelationKind::embeds) continue;
    for (const Report& report : reports) {
      if (report.id.hex() == relation.target && report.published.start) {
        newest = std::max(newest.value_or(*report.published.start), *report.published.start);
      }
    }
  }
  return newest;
}

}  // namespace

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("//");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 2);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  host = host.substr(0, host.find(':'));
  std::string out(host);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out.starts_with("www.") ? out.substr(4) : out;
}

Report* ReportSet::add(ReportKind kind) {
  if (reports_.size() >= kReports) return nullptr;
  Report report;
  report.id =
      report_id({input_.capture.id, input_.part.number, static_cast<std::uint32_t>(reports_.size()), kind}, secret_);
  report.capture = input_.capture.id;
  report.part = input_.part.number;
  report.kind = kind;
  report.captured = captured();
  reports_.push_back(std::move(report));
  return &reports_.back();
}

std::optional<Instant> ReportSet::captured() const {
  return input_.part.captured ? input_.part.captured : input_.capture.about.captured;
}

void ReportSet::fill_source(Report& report) const {
  const bool is_first = &report == &reports_.front();
  if (report.url.empty() && is_first) report.url = input_.part.url.empty() ? input_.capture.about.url : input_.part.url;
  if (!report.source.empty()) return;
  // An embedded post speaks for its account, never for who stands around it.
  if (is_first) report.source = input_.capture.about.source;
  // The host of a post is a platform: it carries, it does not speak.
  const bool is_hosted = report.kind == ReportKind::post || report.kind == ReportKind::message;
  if (report.source.empty() && !is_hosted) report.source = host_of(report.url);
}

void ReportSet::fill_published(Report& report) const {
  if (!report.published.is_unknown()) return;
  const bool is_first = &report == &reports_.front();
  if (is_first && input_.capture.about.published) {
    report.published = TimeInterval::of_instant(*input_.capture.about.published);
    return;
  }
  TimeInterval bounds;
  bounds.phrase = report.published.phrase;  // words that are there, but could not be resolved
  bounds.start = newest_embedded(report, reports_);
  bounds.end = captured();
  if (!bounds.end && input_.capture.added.seconds != 0) bounds.end = input_.capture.added;
  // An embedded post is older than the page that embeds it.
  if (!is_first && !reports_.front().published.is_unknown() && reports_.front().published.end) {
    bounds.end = reports_.front().published.end;
  }
  if (bounds.start && bounds.end && *bounds.end <= *bounds.start) bounds.end.reset();
  if (!bounds.start && !bounds.end) return;
  bounds.precision = TimePrecision::wider;
  report.published = bounds;
}

void ReportSet::fill_from_mail() {
  const auto& hints = input_.part.hints;
  const auto hint = [&](const char* name) {
    const auto found = hints.find(name);
    return found == hints.end() ? std::string() : found->second;
  };
  const std::string sender = hint("mail_from");
  if (sender.empty() || reports_.empty()) return;
  Report& report = reports_.front();
  report.kind = ReportKind::message;
  report.author = sender;
  if (input_.capture.about.source.empty()) report.source = sender;
  if (const std::string subject = hint("mail_subject"); !subject.empty()) report.title = subject;
  if (const auto sent = Instant::parse(hint("mail_date"))) {
    report.published = TimeInterval::of_instant(*sent);
    report.published.phrase = hint("mail_date");
  }
}

std::vector<Report> ReportSet::finish() {
  fill_from_mail();
  for (Report& report : reports_) {
    fill_source(report);
    fill_published(report);
    // Letters and words decide; what a platform or template declares stands only where they cannot tell.
    const std::string_view lang = text::detect_language(report.text.empty() ? report.title : report.text);
    if (lang != "und" || report.lang.size() != 2) report.lang = lang;
    const bool is_post = report.kind == ReportKind::post || report.kind == ReportKind::message;
    if (is_post && report.hollow.empty()) report.hollow = hollow_reason_of_post(report.text);
    const bool is_silent = report.text.empty() && report.title.empty() && !report.media.empty();
    if (is_post && is_silent && report.hollow.empty()) report.kind = ReportKind::media;
    if (report.hollow.empty()) add_relations_in_words(report);
  }
  return {std::make_move_iterator(reports_.begin()), std::make_move_iterator(reports_.end())};
}

}  // namespace gavah::extract
