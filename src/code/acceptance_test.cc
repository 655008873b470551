#include "code/acceptance.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "code/code_case.h"
#include "code/training.h"

namespace gavah::code {
namespace {

using testing::case_coder;
using testing::embedded_coder_data;
using testing::report_of;

constexpr std::string_view kLayerFile = "models/acceptance/weights.tsv";

Result<Coder> coder_with(std::string_view weights) {
  CoderData data = embedded_coder_data();
  for (DataFile& file : data.files) {
    if (file.name == kLayerFile) file.bytes = weights;
  }
  return Coder::load(data, std::make_shared<const place::Gazetteer>(place::Gazetteer::load("").value()));
}

std::string data_file(const std::string& name) {
  return testing::file_text(std::string(GAVAH_SOURCE_DIR) + "/data/models/acceptance/" + name);
}

const Report& arrest_of_flautists() {
  static const Report kReport = report_of("Police arrested 12 flautists on Monday.", "2021-05-14");
  return kReport;
}

TEST(Acceptance, AHitBelowZeroIsNoClaimAndTheTraceSaysWhatWeighed) {
  const Coder coder = coder_with("bias\t-\t100\nnear\tflautists\t-300\ncontext\tstate\t150\n").value();
  Trace trace;
  EXPECT_TRUE(coder.code(arrest_of_flautists(), IdSecret{}, &trace).empty());
  ASSERT_EQ(trace.left_out().size(), 1U);
  EXPECT_EQ(trace.left_out().front()->value, "arrest");
  EXPECT_EQ(trace.left_out().front()->rule,
            "the layer weighs its words: in all -50; near 'flautists' -300; context 'state' +150");
}

TEST(Acceptance, AHitFromZeroUpIsAClaimAndTheTraceSaysWhatWeighed) {
  const Coder coder = coder_with("bias\t-\t100\nnear\tflautists\t-250\ncontext\tstate\t150\n").value();
  Trace trace;
  const auto claims = coder.code(arrest_of_flautists(), IdSecret{}, &trace);
  ASSERT_EQ(claims.size(), 1U);
  const auto notes = trace.notes_of(claims.front().id);
  EXPECT_TRUE(std::ranges::any_of(notes, [](const TraceNote* note) {
    return note->slot == Slot::confidence &&
           note->rule == "the layer weighs its words: in all +0; near 'flautists' -250; context 'state' +150";
  }));
}

TEST(Acceptance, WithoutWeightsEveryHitIsAccepted) {
  EXPECT_EQ(coder_with("# none\n").value().code(arrest_of_flautists(), IdSecret{}).size(), 1U);
}

TEST(Acceptance, ARowThatIsNoneIsRefusedWithItsLine) {
  for (const auto* row : {"near\tflautists", "near\tflautists\tmuch", "colour\tred\t5", "near\tflautists\t5 "}) {
    const auto coder = coder_with("bias\t-\t1\n" + std::string(row) + "\n");
    ASSERT_FALSE(coder.has_value()) << row;
    EXPECT_NE(coder.error().sentence().find("line 2"), std::string::npos) << coder.error().sentence();
  }
}

TEST(Training, TellsActsFromOrdinaryTextThatItDidNotSee) {
  std::string passages;
  for (const std::string who : {"tailors", "porters", "joiners", "weavers", "dyers"}) {
    passages += "en\tcity\tarrest\tPolice arrested two " + who + " in Nilvan at a protest on Monday.\n";
    passages += "en\tsport\t-\tOur keeper was arrested by the sight of two " + who + " upon a flowery lawn.\n";
  }
  const auto hits = training_hits(case_coder(), passages).value();
  const Coder coder = coder_with(train_layer(hits)).value();
  const auto claims = [&](const char* text) { return coder.code(report_of(text, "2021-05-14"), IdSecret{}).size(); };
  EXPECT_EQ(claims("Police arrested two potters in Nilvan on Monday."), 1U);
  EXPECT_EQ(claims("Our keeper was arrested by the sight of two potters upon a flowery lawn."), 0U);
}

TEST(Training, ARowWithoutATextIsRefusedWithItsLine) {
  const auto hits = training_hits(case_coder(), "# head\nen\tcity\tarrest\n");
  ASSERT_FALSE(hits.has_value());
  EXPECT_NE(hits.error().sentence().find("line 2"), std::string::npos);
}

// Weights belong to the lexicons that they were trained with. Where the lexicons have changed since, the layer must
// still decide as a new one would; `gavah codebook --train-layer` makes that.
TEST(Training, TheLayerThatShipsIsWhatTheCommandMakes) {
  const auto hits = training_hits(case_coder(), data_file("training.tsv")).value();
  ASSERT_GT(hits.size(), 300U);
  const std::string shipped = data_file("weights.tsv");
  const std::string made = train_layer(hits);
  EXPECT_EQ(made, train_layer(hits));
  if (shipped.find(digest_of(hits)) != std::string::npos) {
    EXPECT_EQ(made, shipped);
    return;
  }
  const Acceptance old_layer = Acceptance::parse(shipped).value();
  const Acceptance new_layer = Acceptance::parse(made).value();
  std::size_t agreed = 0;
  for (const TrainingHit& hit : hits) {
    std::vector<Feature> features;
    for (const std::string& name : hit.features) {
      const auto cut = name.find('\t');
      const std::string_view value = std::string_view(name).substr(cut + 1);
      features.push_back({feature_kind_from(name.substr(0, cut)).value(), value, text::word_hash(value)});
    }
    if ((old_layer.score(features) >= 0) == (new_layer.score(features) >= 0)) ++agreed;
  }
  EXPECT_GE(agreed * 100, hits.size() * 90) << "train it again: see data/models/acceptance/README.md";
}

TEST(Training, CrossFittedTheLayerKeepsWhatIsRightAndRejectsATenthOfWhatIsNot) {
  const auto figures = cross_fitted(training_hits(case_coder(), data_file("training.tsv")).value());
  EXPECT_GE(figures.right_kept * 100, figures.right * 97);
  EXPECT_LE(figures.wrong_kept * 100, figures.wrong * 90);
}

}  // namespace
}  // namespace gavah::code
