#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/json.h"
#include "forged.h"
#include "vectors.h"

// One record or one total, handed over alone.
namespace gavah::tests {
namespace {

using proof::Excerpt;
using proof::LeafIndex;
using proof::LeafType;

struct Handed {
  Forged edition;

  Excerpt take(const publish::ExcerptChoice& choice) {
    auto made = publish::make_excerpt(edition.disk, edition.directory, choice);
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().sentence());
    return made ? *std::move(made) : Excerpt{};
  }
  Excerpt total(const std::string& name) { return take({.entry = std::nullopt, .total = name}); }
  Excerpt entry(LeafIndex index) { return take({.entry = index, .total = std::nullopt}); }
  Verdict verify(const Excerpt& excerpt) const { return verify::verify_excerpt(excerpt.text(), edition.small.pin()); }
  /// The event that two claims support.
  LeafIndex supported() const {
    const auto found = std::ranges::find_if(edition.small.log, [](const proof::SealedEntry& sealed) {
      return sealed.leaf.type == LeafType::event && sealed.list("evidence").size() == 2;
    });
    return found->index;
  }
};

bool says(const Verdict& verdict, std::string_view words) {
  return std::ranges::any_of(verdict.unchecked,
                             [&](const std::string& sentence) { return sentence.find(words) != std::string::npos; });
}

TEST(Excerpt, ReadsBackAndRefusesAnotherSpelling) {
  Handed handed;
  const Excerpt excerpt = handed.entry(handed.supported());
  const std::string text = excerpt.text();
  const auto read = Excerpt::parse(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, excerpt);
  EXPECT_FALSE(Excerpt::parse(text.substr(0, text.size() - 1)).has_value());
  EXPECT_FALSE(Excerpt::parse(" " + text).has_value());
  EXPECT_FALSE(Excerpt::parse("").has_value());
}

TEST(Excerpt, EveryRecordOfAnEditionVerifiesAlone) {
  Handed handed;
  std::size_t checked = 0;
  for (const auto& sealed : handed.edition.small.log) {
    if (sealed.leaf.type != LeafType::event && sealed.leaf.type != LeafType::victim) continue;
    const Verdict verdict = handed.verify(handed.entry(sealed.index));
    EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
    EXPECT_TRUE(says(verdict, "still lives")) << to_text(verdict);
    ++checked;
  }
  EXPECT_GE(checked, 6U);
}

TEST(Excerpt, EveryTotalOfAnEditionVerifiesAloneAndSaysWhatItCannotShow) {
  Handed handed;
  for (const proof::Rule& rule : handed.edition.small.rules) {
    const Verdict verdict = handed.verify(handed.total(rule.name));
    EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << rule.name << "\n" << to_text(verdict);
    EXPECT_TRUE(says(verdict, "that nothing was left out takes the edition")) << to_text(verdict);
  }
}

TEST(Excerpt, OneClaimOpensAlone) {
  Handed handed;
  const Excerpt excerpt = handed.take({.entry = handed.supported(), .total = std::nullopt, .claim = 1});
  EXPECT_EQ(excerpt.claims.size(), 3U) << "its evidence, what it says, where it comes from";
  EXPECT_EQ(handed.verify(excerpt).outcome, verify::Outcome::unwitnessed) << to_text(handed.verify(excerpt));
  for (const std::string& line : excerpt.claims) EXPECT_NE(line.find("\"index\":1,"), std::string::npos);
}

TEST(Excerpt, EveryChangedByteFails) {
  Handed handed;
  const std::string text = handed.entry(handed.supported()).text();
  for (std::size_t at = 0; at < text.size(); at += 29) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const Verdict verdict = verify::verify_excerpt(changed, handed.edition.small.pin());
    EXPECT_EQ(verdict.outcome, verify::Outcome::failed) << "byte " << at << ": " << text.substr(at, 20);
  }
}

TEST(Excerpt, ATotalWithoutOneOfItsMembersFails) {
  Handed handed;
  Excerpt excerpt = handed.total("events");
  ASSERT_GE(excerpt.records.size(), 4U);
  excerpt.records.pop_back();
  EXPECT_TRUE(names(handed.verify(excerpt), Check::total, "totals.json"));
}

TEST(Excerpt, ATotalWithAMemberThatItsRuleDoesNotCountFails) {
  Handed handed;
  const Excerpt umbrellas = handed.total("umbrellas");
  Excerpt excerpt = handed.total("events");
  excerpt.records.insert(excerpt.records.end(), umbrellas.records.begin(), umbrellas.records.end());
  std::ranges::sort(excerpt.records, {},
                    [](const std::string& line) { return std::stoull(line.substr(line.find("\"entry\":") + 8)); });
  for (const auto& leaf : umbrellas.leaves) {
    if (std::ranges::find(excerpt.leaves, leaf) == excerpt.leaves.end()) excerpt.leaves.push_back(leaf);
  }
  std::ranges::sort(excerpt.leaves, {}, &proof::ExcerptLeaf::index);
  EXPECT_TRUE(names(handed.verify(excerpt), Check::total, "does not count"));
}

TEST(Excerpt, ALeafOfAnotherLogFails) {
  Handed handed;
  Excerpt excerpt = handed.entry(handed.supported());
  const SmallCase other = make_small_case(9);
  excerpt.leaves.front().bytes = *proof::leaf_bytes(other.log[excerpt.leaves.front().index].leaf);
  EXPECT_TRUE(names(handed.verify(excerpt), Check::log, ""));
}

TEST(Excerpt, AnotherRuleUnderTheNameFails) {
  Handed handed;
  Excerpt excerpt = handed.total("events");
  proof::Rule rule = proof::Rule::parse(excerpt.files["rules/events.json"]).value();
  rule.where = {{"side", {"protest"}}};
  excerpt.files["rules/events.json"] = rule.canonical();
  EXPECT_TRUE(names(handed.verify(excerpt), Check::rule, "events"));
}

TEST(Excerpt, WhatNobodyAskedForFails) {
  Handed handed;
  Excerpt excerpt = handed.total("killed-in-events");
  const Excerpt entry = handed.entry(handed.supported());
  excerpt.claims = entry.claims;
  EXPECT_TRUE(names(handed.verify(excerpt), Check::evidence, "a total comes without claims"));
}

/// spec/vectors/entry.excerpt and total.excerpt: with GAVAH_WRITE_VECTORS set they are taken anew.
TEST(Excerpt, TheVectorsAreWhatIsTakenFromTheGoodEditionToday) {
  RealDisk disk;
  const std::string good = join_path(kVectors, "good");
  const LeafIndex supported = Handed().supported();
  for (const auto& [name, choice] :
       {std::pair{"entry.excerpt", publish::ExcerptChoice{.entry = supported, .total = std::nullopt}},
        std::pair{"total.excerpt", publish::ExcerptChoice{.entry = std::nullopt, .total = "killed-in-events"}}}) {
    const auto made = publish::make_excerpt(disk, good, choice);
    ASSERT_TRUE(made.has_value()) << made.error().sentence();
    const std::string path = join_path(kVectors, name);
    if (std::getenv("GAVAH_WRITE_VECTORS") != nullptr) disk.replace(path, made->text()).value();
    EXPECT_EQ(disk.read(path).value(), made->text()) << name;
  }
}

/// Replaces the first occurrence of `find`, which is there.
void replace_first(const Json& edit, std::string& bytes) {
  const std::string_view find = edit.text_of("find");
  const std::size_t at = bytes.find(find);
  ASSERT_NE(at, std::string::npos) << find;
  bytes.replace(at, find.size(), edit.text_of("replace"));
}

/// A line of bad-excerpts.jsonl: {"name","base":"entry"|"total","find","replace","fails"}, or `edits` with several.
TEST(Excerpt, EachBadVectorFailsByItsName) {
  RealDisk disk;
  const auto pin = verify::Pin::parse(disk.read(join_path(kVectors, "pin.txt")).value()).value();
  const std::string lines = disk.read(join_path(kVectors, "bad-excerpts.jsonl")).value();
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < lines.size(); ++count) {
    const std::size_t end = lines.find('\n', begin);
    const Json json = Json::parse(std::string_view(lines).substr(begin, end - begin)).value();
    begin = end + 1;
    std::string bytes = disk.read(join_path(kVectors, std::string(json.text_of("base")) + ".excerpt")).value();
    EXPECT_EQ(verify::verify_excerpt(bytes, pin).outcome, verify::Outcome::unwitnessed);
    if (const Json* edits = json.find("edits")) {
      for (const Json& edit : edits->items()) replace_first(edit, bytes);
    } else {
      replace_first(json, bytes);
    }
    const Verdict verdict = verify::verify_excerpt(bytes, pin);
    const bool named = std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
      return name_of(failure.check) == json.text_of("fails");
    });
    EXPECT_TRUE(named) << json.text_of("name") << "\n" << to_text(verdict);
  }
  EXPECT_GE(count, 35U);
}

TEST(Excerpt, OfWhatTheEditionDoesNotHaveIsNotFound) {
  Handed handed;
  const auto refused = [&](const publish::ExcerptChoice& choice) {
    const auto made = publish::make_excerpt(handed.edition.disk, handed.edition.directory, choice);
    return !made.has_value();
  };
  EXPECT_TRUE(refused({.entry = 0, .total = std::nullopt}));
  EXPECT_TRUE(refused({.entry = std::nullopt, .total = "no-such-rule"}));
  EXPECT_TRUE(refused({.entry = handed.supported(), .total = std::nullopt, .claim = 99}));
  EXPECT_TRUE(refused({.entry = std::nullopt, .total = std::nullopt}));
}

}  // namespace
}  // namespace gavah::tests
