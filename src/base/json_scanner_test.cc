#include "base/json_scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "base/json.h"
#include "base/random.h"

namespace gavah {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Next = JsonScanner::Next;

constexpr std::uint64_t kNoLimit = 1ULL << 40U;

std::vector<std::string> values_at(std::string_view document, std::vector<std::string> path) {
  std::vector<std::string> out;
  const auto done =
      JsonScanner({{std::move(path)}}, kNoLimit).scan(document, [&](const JsonMatch& match) -> Result<Next> {
        EXPECT_EQ(match.bytes, document.substr(match.range.begin, match.range.size()));
        out.emplace_back(match.bytes);
        return Next::go_on;
      });
  EXPECT_TRUE(done.has_value()) << done.error().sentence();
  return out;
}

std::string error_of(std::string_view document) {
  const auto done = JsonScanner({{{"a", "*"}}}, kNoLimit).scan(document, [](const JsonMatch&) -> Result<Next> {
    return Next::go_on;
  });
  return done ? "" : done.error().message;
}

TEST(JsonScanner, GivesTheElementsOfAnArrayAtAPath) {
  EXPECT_THAT(values_at(R"( {"x":[9],"a": [1 , "two,]" ,{"b":[]}, [] ,null],"z":{"a":[7]}} )", {"a", "*"}),
              ElementsAre("1", "\"two,]\"", "{\"b\":[]}", "[]", "null"));
  EXPECT_THAT(values_at(R"({"c":{"l":[{"m":[1,2]},{"m":[3]}]}})", {"c", "l", "*", "m", "*"}),
              ElementsAre("1", "2", "3"));
  EXPECT_THAT(values_at("[1,[2]]", {}), ElementsAre("[1,[2]]"));
  EXPECT_THAT(values_at(R"({"a":[]})", {"a", "*"}), ElementsAre());
  EXPECT_THAT(values_at(R"({"a":{"k":1,"l":2}})", {"a", "*"}), ElementsAre("1", "2"));
}

TEST(JsonScanner, NamesAreComparedDecoded) {
  EXPECT_THAT(values_at(R"({"\u0061":[1],"گواه":[2]})", {"a", "*"}), ElementsAre("1"));
  EXPECT_THAT(values_at(R"({"\u0061":[1],"گواه":[2]})", {"گواه", "*"}), ElementsAre("2"));
}

TEST(JsonScanner, SeveralPathsAreFoundInDocumentOrderWithTheirIndices) {
  std::string seen;
  const JsonScanner scanner({{{"l", "*", "m", "*"}}, {{"l", "*", "n"}}, {{"l"}, JsonPath::Give::mark}}, kNoLimit);
  const auto done =
      scanner.scan(R"({"l":[{"m":[1]},{"n":"x","m":[2,3]}]})", [&](const JsonMatch& match) -> Result<Next> {
        seen += format("{}:{}", match.path, match.bytes);
        if (match.path == 0) seen += format("@{}.{}", (*match.indices)[1], match.indices->back());
        seen += " ";
        return Next::go_on;
      });
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(seen, "2:[ 0:1@0.0 1:\"x\" 0:2@1.0 0:3@1.1 ");
}

TEST(JsonScanner, StopsWhenToldTo) {
  int visits = 0;
  const auto done =
      JsonScanner({{{"*"}}}, kNoLimit).scan("[1,2,3 and then anything", [&](const JsonMatch&) -> Result<Next> {
        return ++visits == 2 ? Next::stop : Next::go_on;
      });
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(*done, Next::stop);
  EXPECT_EQ(visits, 2);
}

TEST(JsonScanner, ErrorsOfTheVisitorArePassedOn) {
  const auto done = JsonScanner({{{"*"}}}, kNoLimit).scan("[1]", [](const JsonMatch&) -> Result<Next> {
    return fail(ErrorCode::unavailable, "full");
  });
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::unavailable);
}

TEST(JsonScanner, BrokenDocumentsAreNamedWithTheirPlace) {
  EXPECT_THAT(error_of(R"({"a":[1,2)"), HasSubstr("ends early"));
  EXPECT_THAT(error_of(R"({"a":["x)"), HasSubstr("ends early"));
  EXPECT_THAT(error_of(""), HasSubstr("ends early"));
  EXPECT_THAT(error_of(R"({"a" [1]})"), HasSubstr("byte 5: a colon is missing"));
  EXPECT_THAT(error_of(R"({"a":[1 2]})"), HasSubstr("comma"));
  EXPECT_THAT(error_of(R"({"a":[1}})"), HasSubstr("comma or a closing bracket"));
  EXPECT_THAT(error_of(R"({"a":[,]})"), HasSubstr("a value is missing"));
  EXPECT_THAT(error_of(R"({"a":[[1}]})"), HasSubstr("brackets do not match"));
  EXPECT_THAT(error_of(R"({a:[1]})"), HasSubstr("name is missing"));
  EXPECT_THAT(error_of(R"({"a":[1]} {})"), HasSubstr("bytes follow"));
  EXPECT_THAT(error_of("{\"a\":[" + std::string(2000, '[')), HasSubstr("deeper than 1024"));
}

TEST(JsonScanner, AValueLargerThanAllowedIsAnError) {
  const std::string document = "[1," + std::string(3, ' ') + "\"" + std::string(1 << 20, 'x') + "\"]";
  const auto done =
      JsonScanner({{{"*"}}}, 1 << 19).scan(document, [](const JsonMatch&) -> Result<Next> { return Next::go_on; });
  ASSERT_FALSE(done.has_value());
  EXPECT_THAT(done.error().message, HasSubstr("larger than 524288"));
}

/// Writes a random value whose strings hold what confuses scanners.
void write_random(JsonWriter& out, Random& random, int depth) {
  const auto choice = random.array<2>();
  constexpr std::string_view kStrings[] = {"", "\"", "\\", "a\\\"b", "],}", "گواه", "{[", "x\n"};
  switch (choice[0] % (depth > 3 ? 4 : 6)) {
    case 0:
      out.text(kStrings[choice[1] % 8]);
      return;
    case 1:
      out.integer(choice[1] - 100);
      return;
    case 2:
      out.null();
      return;
    case 3:
      out.text(std::string(choice[1] * 3000U, choice[1] % 2 == 0 ? '\\' : 'y'));
      return;
    case 4:
      out.begin_array();
      for (int i = 0; i < choice[1] % 5; ++i) write_random(out, random, depth + 1);
      out.end_array();
      return;
    default:
      out.begin_object();
      for (int i = 0; i < choice[1] % 5; ++i) write_random(out.key(kStrings[(choice[1] + i) % 8]), random, depth + 1);
      out.end_object();
  }
}

TEST(JsonScanner, RandomDocumentsSplitAsTheWholeReaderSeesThem) {
  SeededRandom random(20310506);
  for (int round = 0; round < 300; ++round) {
    JsonWriter out;
    out.begin_object().key("p");
    write_random(out, random, 0);
    out.key("a").begin_array();
    for (int i = 0; i < round % 7; ++i) write_random(out, random, 0);
    out.end_array().key("q");
    write_random(out, random, 0);
    out.end_object();
    const auto whole = Json::parse(out.str());
    ASSERT_TRUE(whole.has_value());
    const auto values = values_at(out.str(), {"a", "*"});
    const auto& items = whole->find("a")->items();
    ASSERT_EQ(values.size(), items.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      JsonWriter expected;
      expected.value(items[i]);
      EXPECT_EQ(values[i], expected.str());
    }
  }
}

TEST(JsonScanner, EveryPrefixGivesAPrefixOfTheElements) {
  const std::string document = R"({"n":"x","a":[{"t":"\u00e9"},"b\\\"",[1,{"k":[]}],-1.5e3,true],"z":[0]})";
  const auto whole = values_at(document, {"a", "*"});
  for (std::size_t size = 0; size < document.size(); ++size) {
    std::vector<std::string> got;
    const auto done =
        JsonScanner({{{"a", "*"}}}, kNoLimit)
            .scan(std::string_view(document).substr(0, size), [&](const JsonMatch& match) -> Result<Next> {
              got.emplace_back(match.bytes);
              return Next::go_on;
            });
    EXPECT_FALSE(done.has_value()) << size;
    ASSERT_LE(got.size(), whole.size());
    // A number at the cut may be a shorter number; all before it are whole.
    for (std::size_t i = 0; i + 1 < got.size(); ++i) EXPECT_EQ(got[i], whole[i]) << size;
  }
}

TEST(ByteWindow, GivesTheSameBytesWhateverIsConsumedAtOnce) {
  std::string bytes(3 * ByteWindow::kStepBytes + 17, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 2654435761U >> 13U);
  const MemorySource source(bytes);
  for (const std::size_t step : {std::size_t{1} << 10U, std::size_t{99'991}, ByteWindow::kStepBytes, bytes.size()}) {
    ByteWindow window(source, {5, bytes.size() - 3});
    std::string got;
    while (window.grow_to(step).value() || !window.view().empty()) {
      EXPECT_EQ(window.offset(), 5 + got.size());
      const std::string_view piece = window.view().substr(0, step);
      got += piece;
      window.consume(piece.size());
    }
    EXPECT_EQ(got, bytes.substr(5, bytes.size() - 8)) << step;
    EXPECT_TRUE(window.is_last());
  }
}

TEST(ByteWindow, ConsumingBeyondTheBufferSkips) {
  const std::string bytes = std::string(ByteWindow::kStepBytes * 2, 'a') + "end";
  const MemorySource source(bytes);
  ByteWindow window(source);
  ASSERT_TRUE(window.grow().value());
  window.consume(bytes.size() - 3);
  ASSERT_TRUE(window.grow_to(3).value());
  EXPECT_EQ(window.view(), "end");
  EXPECT_FALSE(window.grow().value());
}

TEST(Json, CheckTakesWhatParseTakes) {
  for (const char* text : {"{}", "[1,2]", "\"x\"", "{\"a\":1", "", "nul", "{\"a\":\"\xff\"}", "[1,]", "1 2"}) {
    EXPECT_EQ(Json::check(text).has_value(), Json::parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace gavah
