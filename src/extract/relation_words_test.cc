#include "extract/relation_words.h"

#include <gtest/gtest.h>

namespace gavah::extract {
namespace {

/// "kind target" of each relation, one a line.
std::string relations(std::string text) {
  Report report;
  report.text = std::move(text);
  add_relations_in_words(report);
  std::string out;
  for (const Relation& relation : report.relations) {
    EXPECT_TRUE(!relation.span ||
                (relation.span->begin < relation.span->end && relation.span->end <= report.text.size()));
    if (!out.empty()) out += "\n";
    out += std::string(name_of(relation.kind)) + " " + relation.target;
  }
  return out;
}

TEST(RelationWords, EnglishNamesWhomItCites) {
  EXPECT_EQ(relations("Harbor Gazette reports that the port is shut."), "cites Harbor Gazette");
  EXPECT_EQ(relations("Three were held, according to the Coast Herald."), "cites Coast Herald");
  EXPECT_EQ(relations("PORT ANSELM (Harbor Gazette) - The port is shut."), "cites Harbor Gazette");
  EXPECT_EQ(relations("This article first appeared in Coast Herald."), "cites Coast Herald");
  EXPECT_EQ(relations("The port is shut.\nSource: Coast Herald"), "cites Coast Herald");
  EXPECT_EQ(relations("The port is shut.\nOriginal: https://herald.example/port"), "cites https://herald.example/port");
  EXPECT_EQ(relations("The port is shut, via @dock_circle"), "cites @dock_circle");
}

TEST(RelationWords, PersianNamesWhomItCites) {
  EXPECT_EQ(relations("به گزارش رویترز، بندر بسته شد."), "cites رویترز");
  EXPECT_EQ(relations("به گزارش خبرگزاري بندر، اسکله بسته شد."), "cites خبرگزاري بندر");
  EXPECT_EQ(relations("به نوشتهٔ روزنامه ساحل، سه نفر بازداشت شدند."), "cites روزنامه ساحل");
  EXPECT_EQ(relations("خبرگزاری بندر گزارش داد که اسکله بسته شد."), "cites خبرگزاری بندر");
  EXPECT_EQ(relations("اسکله بسته شد.\nمنبع: ساحل"), "cites ساحل");
}

TEST(RelationWords, ArabicNamesWhomItCites) {
  EXPECT_EQ(relations("أُغلق الميناء نقلا عن جريدة الساحل."), "cites جريدة الساحل");
  EXPECT_EQ(relations("ذكرت وكالة الميناء أن الرصيف مغلق."), "cites الميناء");
  EXPECT_EQ(relations("ذکرت وکالة الميناء أن الرصيف مغلق."), "cites الميناء") << "with Persian letters";
  EXPECT_EQ(relations("أُغلق الميناء.\nالمصدر: https://herald.example/port"), "cites https://herald.example/port");
}

TEST(RelationWords, WhoSpeaksWithoutPublishingIsNotCited) {
  EXPECT_EQ(relations("According to Witnesses the port is shut. Police reported three arrests."), "");
  EXPECT_EQ(relations("به گزارش شاهدان عینی، بندر بسته شد."), "");
  EXPECT_EQ(relations("نقلا عن مصادر طبية، أصيب ثلاثة."), "");
  EXPECT_EQ(relations("The gate (closed since May) - nobody knows why."), "");
  EXPECT_EQ(relations("They came via the gate. Sourced: none."), "");
}

}  // namespace
}  // namespace gavah::extract
