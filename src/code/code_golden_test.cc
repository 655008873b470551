#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "code/code_case.h"

namespace gavah::code {
namespace {

/// One row of tests/pipeline/code_golden.txt.
struct Row {
  std::string text;
  std::vector<std::string> expected;
  int line = 0;
};

std::vector<Row> golden_rows() {
  std::istringstream in(testing::file_text(std::string(GAVAH_SOURCE_DIR) + "/tests/pipeline/code_golden.txt"));
  std::vector<Row> rows;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("> ")) rows.push_back({line.substr(2), {}, number});
    if (line.starts_with("= ") && !rows.empty()) rows.back().expected.push_back(line.substr(2));
  }
  return rows;
}

TEST(CodeGolden, EverySentenceIsCodedAsTheTableSays) {
  const auto rows = golden_rows();
  ASSERT_GE(rows.size(), 60U);
  for (const Row& row : rows) {
    std::string text = row.text;
    for (auto at = text.find(" // "); at != std::string::npos; at = text.find(" // ")) text.replace(at, 4, "\n\n");
    const auto claims = testing::case_coder().code(testing::report_of(text, "2021-05-14"), IdSecret{});
    std::vector<std::string> got;
    for (const Claim& claim : claims) got.push_back(testing::line_of(claim));
    EXPECT_EQ(got, row.expected) << "code_golden.txt:" << row.line << ": " << row.text;
  }
}

}  // namespace
}  // namespace gavah::code
