#include "extract/pdf_document.h"

#include <algorithm>

#include "confine/confine.h"
#include "extract/furniture.h"
#include "extract/mapped_text.h"
#include "extract/pdf_words.h"
#include "extract/text_post.h"

namespace gavah::extract {
namespace {

/// What programs write as the title of what they convert: a file's name.
bool is_file_name(std::string_view title) {
  const std::size_t dot = title.rfind('.');
  const bool has_ending = dot != std::string_view::npos && title.size() - dot <= 6;
  return title.starts_with("Microsoft ") || (has_ending && title.find(' ', dot) == std::string_view::npos);
}

void write_pages(const PdfWords& pdf, std::uint32_t size_bytes, Report& report) {
  const OffsetMap as_it_stands = OffsetMap::identity();
  MappedText words(as_it_stands);
  for (const std::string& page : pdf.pages) {
    const std::string_view shown = trimmed(page);
    if (shown.empty()) continue;
    if (!words.empty()) words.insert('\n');
    // A piece as long as its source would say that it is a copy.
    const std::uint32_t begin = shown.size() == size_bytes ? 1 : 0;
    words.decode(shown, {begin, size_bytes});
  }
  words.give(report);
}

}  // namespace

void read_pdf(ReportSet& set) {
  Report& report = *set.add(ReportKind::article);
  if (!confine::is_confined()) {
    report.hollow = "a PDF is read in a confined worker only";
    return;
  }
  const std::string_view bytes = set.input().bytes;
  const auto pdf = pdf_words(bytes);
  if (!pdf) {
    report.hollow = pdf.error().message;
    return;
  }
  write_pages(*pdf, static_cast<std::uint32_t>(bytes.size()), report);
  if (!is_file_name(pdf->title)) report.title = trimmed(pdf->title);
  report.author = trimmed(pdf->author);
  report.links = links_in(report.text);
  if (report.text.empty()) report.hollow = "no words: its pages are pictures";
}

}  // namespace gavah::extract
