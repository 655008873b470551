#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::extract {

/// What a PDF says of itself and on its pages, in UTF-8.
struct PdfWords {
  std::string title;
  std::string author;
  std::vector<std::string> pages;  ///< the words of each page in reading order, lines as lines
};

/// Reads a PDF with poppler. For confined workers alone: it parses hostile bytes in a large library (read_pdf() sees to
/// that). At most 10,000 pages and 64 MiB of words. invalid_input for what is no PDF, is damaged or has a password.
Result<PdfWords> pdf_words(std::string_view bytes);

}  // namespace gavah::extract
