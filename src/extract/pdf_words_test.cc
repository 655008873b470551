#include "extract/pdf_words.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "extract/extract.h"

namespace gavah::extract {
namespace {

/// A PDF of one page with that content, its table of places left for the reader to rebuild.
std::string pdf_with(std::string_view content, std::string_view more = {}) {
  return format(
      "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
      "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 "
      "R>>>>>>\nendobj\n"
      "4 0 obj\n<</Length {}>>\nstream\n{}\nendstream\nendobj\n"
      "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica{}>>\nendobj\n"
      "7 0 obj\n<</Title(At the gate)/Author(Mina)>>\nendobj\ntrailer\n<</Root 1 0 R/Info 7 0 R>>\n%%EOF\n",
      content.size(), content, more);
}

constexpr std::string_view kContent = "BT /F1 12 Tf 20 150 Td (We stay at the gate.) Tj 0 -20 Td (All of us.) Tj ET";

TEST(PdfWords, APageHasItsLinesInOrder) {
  const auto pdf = pdf_words(pdf_with(kContent));
  ASSERT_TRUE(pdf.has_value()) << pdf.error().message;
  ASSERT_EQ(pdf->pages.size(), 1U);
  EXPECT_EQ(pdf->pages[0].substr(0, 31), "We stay at the gate.\nAll of us.");
  EXPECT_EQ(pdf->title, "At the gate");
  EXPECT_EQ(pdf->author, "Mina");
}

TEST(PdfWords, WordsFromRightToLeftAreInReadingOrder) {
  // The three letters stand from right to left, as a program that sets Persian places them.
  const std::string map =
      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
      "3 beginbfchar <41> <0628> <42> <0646> <43> <062F> endbfchar endcmap end";
  std::string pdf = pdf_with("BT /F1 12 Tf 100 150 Td (CBA) Tj ET", "/ToUnicode 6 0 R");
  pdf.insert(pdf.find("7 0 obj"), format("6 0 obj\n<</Length {}>>\nstream\n{}\nendstream\nendobj\n", map.size(), map));
  const auto words = pdf_words(pdf);
  ASSERT_TRUE(words.has_value());
  EXPECT_NE(words->pages[0].find("بند"), std::string::npos) << words->pages[0];
}

TEST(PdfWords, WhatIsNoneOrIsCutIsRefusedOrReadWithoutACrash) {
  EXPECT_FALSE(pdf_words("%PDF-1.4\nnothing").has_value());
  EXPECT_FALSE(pdf_words("").has_value());
  const std::string whole = pdf_with(kContent);
  for (std::size_t size = 0; size < whole.size(); size += 11) {
    const auto cut = pdf_words(std::string_view(whole).substr(0, size));
    EXPECT_TRUE(!cut || cut->pages.size() <= 1U);
  }
}

TEST(PdfDocument, OutsideOfAWorkerAPdfIsNotRead) {
  const Capture capture;
  Part part;
  part.format = "pdf";
  const std::string bytes = pdf_with(kContent);
  const auto reports = extract({capture, part, bytes}, IdSecret{});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "");
  EXPECT_EQ(reports[0].hollow, "a PDF is read in a confined worker only");
}

}  // namespace
}  // namespace gavah::extract
