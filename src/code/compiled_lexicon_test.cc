#include <gtest/gtest.h>

#include "base/embedded.h"
#include "code/code_case.h"
#include "code/lexicon.h"
#include "model/claim.h"

namespace gavah::code {
namespace {

using testing::embedded_coder_data;
using testing::report_of;

CoderData compiled_data() {
  CoderData data = embedded_coder_data();
  data.compiled = embedded_data(kCompiledLexicon).value_or(std::string_view());
  return data;
}

Coder coder_over(const CoderData& data) {
  return Coder::load(data, std::make_shared<const place::Gazetteer>(place::Gazetteer::load("").value())).value();
}

/// The claims of every worked case of the golden table, as JSON.
std::string claims_of_golden(const Coder& coder) {
  const std::string golden = testing::file_text(std::string(GAVAH_SOURCE_DIR) + "/tests/pipeline/code_golden.txt");
  std::string out;
  for (std::string_view rest = golden; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    for (const Claim& claim : coder.code(report_of(std::string(line), "2021-05-14"), IdSecret{}))
      out.append(to_json(claim)).append("\n");
  }
  return out;
}

TEST(CompiledLexicon, CodesLikeTheFilesItIsMadeOf) {
  const std::string from_files = claims_of_golden(coder_over(embedded_coder_data()));
  EXPECT_GT(from_files.size(), 100'000U);
  EXPECT_EQ(claims_of_golden(coder_over(compiled_data())), from_files);
}

TEST(CompiledLexicon, IsTheSameBytesTwiceAndThoseThatAreBuiltIn) {
  const std::string made = compiled_lexicon(embedded_coder_data()).value();
  EXPECT_EQ(sha256(made), sha256(compiled_data().compiled));
}

TEST(CompiledLexicon, IsPassedOverWhereAFileIsAnother) {
  CoderData data = compiled_data();
  std::string triggers;
  for (DataFile& file : data.files) {
    if (file.name != "lexicon/en/triggers.tsv") continue;
    triggers = std::string(file.bytes) + "fluted\tarrest\tv\n";
    file.bytes = triggers;
  }
  const Report report = report_of("Police fluted 12 students on Monday.", "2021-05-14");
  EXPECT_TRUE(coder_over(compiled_data()).code(report, IdSecret{}).empty());
  EXPECT_EQ(coder_over(data).code(report, IdSecret{}).size(), 1U);
}

TEST(CompiledLexicon, CutShortItIsNone) {
  const CoderData data = compiled_data();
  std::map<std::string_view, std::string_view> files;
  for (const DataFile& file : data.files) files.emplace(file.name, file.bytes);
  const Digest digest = Lexicon::digest_of(files);
  ASSERT_TRUE(Lexicon::open(data.compiled, digest).has_value());
  EXPECT_FALSE(Lexicon::open(data.compiled.substr(0, data.compiled.size() / 2), digest).has_value());
  EXPECT_FALSE(Lexicon::open(data.compiled.substr(0, 20), digest).has_value());
  EXPECT_FALSE(Lexicon::open({}, digest).has_value());
}

}  // namespace
}  // namespace gavah::code
