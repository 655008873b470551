#include "extract/class_table.h"

#include <gtest/gtest.h>

namespace gavah::extract {
namespace {

using html::NodeIndex;
using html::Tag;

TEST(ClassTable, SaysOfEachElementWhatItsWordsSay) {
  const html::Document page = html::parse(
      "<body><div class='entry-content wide' id='comments'><p class='plain'>Words.</p><time class=date>x</time></div>");
  const ClassTable table(page);
  const NodeIndex frame = page.first(Tag::div);
  EXPECT_TRUE(table.of_class(frame).is_body());
  EXPECT_FALSE(table.of_class(frame).is_comments());
  EXPECT_TRUE(table.of_id(frame).is_comments());
  EXPECT_TRUE(table.says_anything(frame));
  EXPECT_FALSE(table.says_anything(page.first(Tag::p)));
  EXPECT_TRUE(table.of_class(page.first(Tag::time)).is_date());
}

TEST(ClassTable, WordsThatPardonTakeFurnitureBack) {
  const html::Document page = html::parse("<body><div class='has-sidebar'><p class='sidebar'>Words.</p></div>");
  const ClassTable table(page);
  EXPECT_FALSE(table.of_class(page.first(Tag::div)).is_furniture());
  EXPECT_TRUE(table.of_class(page.first(Tag::p)).is_furniture());
}

TEST(ClassTable, MarksTheAttributesThatFewHave) {
  const html::Document page = html::parse(
      "<body><a rel=author itemprop=name role=link href=x>N</a><p style='x' data-a='short'>W</p>"
      "<p hidden data-='sixteen bytes and more'>W</p><p relation=x data-frame='sixteen bytes and more'>W</p>");
  const ClassTable table(page);
  const NodeIndex link = page.first(Tag::a);
  EXPECT_TRUE(table.has(link, ClassTable::kRel) && table.has(link, ClassTable::kItemprop) &&
              table.has(link, ClassTable::kRole));
  EXPECT_FALSE(table.has(link, ClassTable::kHiding) || table.has(link, ClassTable::kData));
  const auto past = static_cast<NodeIndex>(page.nodes().size());
  const NodeIndex styled = page.first(Tag::p);
  EXPECT_TRUE(table.has(styled, ClassTable::kHiding));
  EXPECT_FALSE(table.has(styled, ClassTable::kData));
  const NodeIndex hidden = page.next(Tag::p, styled + 1, past);
  EXPECT_TRUE(table.has(hidden, ClassTable::kHiding) && table.has(hidden, ClassTable::kData));
  const NodeIndex framed = page.next(Tag::p, hidden + 1, past);
  EXPECT_TRUE(table.has(framed, ClassTable::kData));
  EXPECT_FALSE(table.has(framed, ClassTable::kRel));
}

TEST(ClassTable, ManyWordsTogetherSayWhatEachSays) {
  std::string classes;
  for (int i = 0; i < 40; ++i) classes += "plain-" + std::to_string(i) + " ";
  const std::string text = "<body><p class='" + classes + "byline " + classes + "'>W</p>";
  const html::Document page = html::parse(text);
  for (int round = 0; round < 2; ++round) {  // the second time they are known
    const ClassTable table(page);
    EXPECT_TRUE(table.of_class(page.first(Tag::p)).is_author());
    EXPECT_TRUE(table.of_class(page.first(Tag::p)).is_date());
    EXPECT_FALSE(table.of_class(page.first(Tag::p)).is_furniture());
  }
}

TEST(ClassTable, NumbersBehindWordsSayNothing) {
  for (const char* number : {"", "7", "31", "31415926", "314-15"}) {
    const std::string text = "<body><p class='plain item-" + std::string(number) + " date" + number + "'>W</p>";
    const html::Document page = html::parse(text);
    const ClassTable table(page);
    EXPECT_TRUE(table.of_class(page.first(Tag::p)).is_date()) << number;
    EXPECT_FALSE(table.of_class(page.first(Tag::p)).is_comments()) << number;
  }
}

}  // namespace
}  // namespace gavah::extract
