#include "server/passage.h"

#include <gtest/gtest.h>

namespace gavah::server {
namespace {

std::string written(const Passage& passage) {
  JsonWriter out;
  write_passage(out, passage);
  return out.take();
}

Passage passage_of(std::string text, std::vector<Mark> marks) {
  Passage passage;
  passage.text = std::move(text);
  passage.lang = "en";
  passage.marks = std::move(marks);
  return passage;
}

TEST(Passage, IsCutAtTheBordersOfItsMarks) {
  const auto json = written(passage_of("abcdef", {{Span{1, 4}, "time", {}}, {Span{3, 5}, "place", {}}}));
  EXPECT_EQ(json, R"({"lang":"en","offset":0,"total":0,"pieces":[{"text":"a","slots":[],"claims":[]},)"
                  R"({"text":"bc","slots":["time"],"claims":[]},{"text":"d","slots":["place","time"],"claims":[]},)"
                  R"({"text":"e","slots":["place"],"claims":[]},{"text":"f","slots":[],"claims":[]}]})");
}

TEST(Passage, AMarkInsideACharacterIsWidenedToIt) {
  const auto json = written(passage_of("xنy", {{Span{2, 3}, "time", {}}}));
  EXPECT_NE(json.find(R"({"text":"ن","slots":["time"])"), std::string::npos) << json;
}

TEST(Passage, MarksBeyondTheTextAreDropped) {
  const auto json = written(passage_of("abc", {{Span{2, 9}, "time", {}}, {Span{1, 1}, "place", {}}}));
  EXPECT_EQ(json, R"({"lang":"en","offset":0,"total":0,"pieces":[{"text":"abc","slots":[],"claims":[]}]})");
}

TEST(Passage, AnEmptyTextHasNoPieces) {
  EXPECT_EQ(written(passage_of("", {})), R"({"lang":"en","offset":0,"total":0,"pieces":[]})");
}

}  // namespace
}  // namespace gavah::server
