#include "pipeline/codebook_files.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace gavah::pipeline {
namespace {

TEST(CodebookFiles, TheBuiltInOnesComeWithTheirLexiconsCompiled) {
  const CodebookFiles files = CodebookFiles::built_in();
  const code::CoderData data = files.data();
  const std::string made = code::compiled_lexicon(data).value();
  EXPECT_GT(made.size(), 1'000'000U);
  EXPECT_EQ(sha256(made), sha256(data.compiled));
}

}  // namespace
}  // namespace gavah::pipeline
