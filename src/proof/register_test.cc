#include "proof/register.h"

#include <gtest/gtest.h>

#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

Leaf leaf_of(LeafType type, std::vector<LeafRef> refs = {}) {
  Leaf leaf;
  leaf.type = type;
  leaf.refs = std::move(refs);
  leaf.slots.resize(slots_of(type).size());
  if (type == LeafType::capture) leaf.object = Digest{};
  if (type == LeafType::rule || type == LeafType::key || type == LeafType::edition) leaf.bind = Digest{};
  return leaf;
}

/// A log under construction; apply() gives whether the register took the leaf.
struct Log {
  Register entries;
  bool apply(LeafType type, std::vector<LeafRef> refs = {}) {
    return entries.apply(leaf_of(type, std::move(refs))).has_value();
  }
  EntryState state(LeafIndex entry) const { return entries.find(entry)->state; }
};

TEST(Register, AnAmendmentRestatesAndKeepsTheEntry) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_TRUE(log.apply(LeafType::amend, {{"entry", {0}}}));
  EXPECT_EQ(log.entries.find(0)->current, 1U);
  EXPECT_EQ(log.entries.entries().size(), 1U);
}

TEST(Register, ActsOnADeadEntryAreRefused) {
  for (const LeafType death : {LeafType::withdraw, LeafType::split}) {
    Log log;
    EXPECT_TRUE(log.apply(LeafType::event));
    EXPECT_TRUE(log.apply(LeafType::event));
    EXPECT_TRUE(log.apply(death, {{"entry", {0}}}));
    EXPECT_FALSE(log.apply(LeafType::amend, {{"entry", {0}}}));
    EXPECT_FALSE(log.apply(LeafType::withdraw, {{"entry", {0}}}));
    EXPECT_FALSE(log.apply(LeafType::split, {{"entry", {0}}}));
    EXPECT_FALSE(log.apply(LeafType::withhold, {{"entry", {0}}}));
    EXPECT_FALSE(log.apply(LeafType::distinct, {{"entry", {0, 1}}}));
    EXPECT_FALSE(log.apply(LeafType::merge, {{"from", {0}}, {"into", {1}}}));
    EXPECT_FALSE(log.apply(LeafType::merge, {{"from", {1}}, {"into", {0}}}));
    EXPECT_TRUE(log.entries.accounting(LeafType::event).balances());
  }
}

TEST(Register, AMergeEndsTheOnesAndKeepsTheOther) {
  Log log;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_TRUE(log.apply(LeafType::merge, {{"from", {0, 2}}, {"into", {1}}}));
  EXPECT_EQ(log.state(0), EntryState::merged);
  EXPECT_EQ(log.state(1), EntryState::disclosed);
  EXPECT_EQ(log.entries.find(2)->into, 1U);
}

TEST(Register, AnEventIsNotMergedIntoAVictimOrItself) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_TRUE(log.apply(LeafType::victim));
  EXPECT_FALSE(log.apply(LeafType::merge, {{"from", {0}}, {"into", {1}}}));
  EXPECT_FALSE(log.apply(LeafType::merge, {{"from", {0}}, {"into", {0}}}));
  EXPECT_EQ(log.state(0), EntryState::disclosed) << "a refused act has no effect";
}

TEST(Register, ASplitNeedsTwoChildrenThatCiteIt) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_FALSE(log.apply(LeafType::event, {{"parent", {0}}})) << "it was not split yet";
  EXPECT_TRUE(log.apply(LeafType::split, {{"entry", {0}}}));
  EXPECT_TRUE(log.apply(LeafType::event, {{"parent", {0}}}));
  EXPECT_FALSE(log.entries.check_splits().has_value());
  EXPECT_TRUE(log.apply(LeafType::event, {{"parent", {0}}}));
  EXPECT_TRUE(log.entries.check_splits().has_value());
  const Accounting counts = log.entries.accounting(LeafType::event);
  EXPECT_EQ(counts, (Accounting{.created = 1, .split_off = 2, .disclosed = 2, .split = 1}));
}

TEST(Register, WithholdingIsLifted) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::victim));
  EXPECT_FALSE(log.apply(LeafType::withhold, {{"lift", {0}}}));
  EXPECT_TRUE(log.apply(LeafType::withhold, {{"entry", {0}}}));
  EXPECT_EQ(log.state(0), EntryState::withheld);
  EXPECT_FALSE(log.apply(LeafType::withhold, {{"entry", {0}}}));
  EXPECT_TRUE(log.apply(LeafType::withhold, {{"lift", {0}}}));
  EXPECT_EQ(log.state(0), EntryState::disclosed);
}

TEST(Register, RedactingWithdrawsTheEntryEvenThroughItsAmendment) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_TRUE(log.apply(LeafType::amend, {{"entry", {0}}}));
  EXPECT_TRUE(log.apply(LeafType::redact, {{"target", {1}}}));
  EXPECT_EQ(log.state(0), EntryState::withdrawn);
  EXPECT_TRUE(log.entries.is_redacted(1));
  EXPECT_TRUE(log.apply(LeafType::rule));
  EXPECT_FALSE(log.apply(LeafType::redact, {{"target", {3}}})) << "rules are public";
}

TEST(Register, PartsAreDestroyedWithinACaptureThatIsThere) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::capture));
  EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_FALSE(log.apply(LeafType::redact)) << "of nothing";
  EXPECT_FALSE(log.apply(LeafType::redact, {{"within", {1}}})) << "no capture";
  EXPECT_FALSE(log.apply(LeafType::redact, {{"target", {0}}, {"within", {0}}})) << "as a whole and in part";
  EXPECT_EQ(log.entries.find_capture(0)->reductions, 0U);
  EXPECT_TRUE(log.apply(LeafType::redact, {{"target", {1}}, {"within", {0}}}));
  EXPECT_EQ(log.state(1), EntryState::withdrawn);
  EXPECT_FALSE(log.entries.find_capture(0)->redacted) << "the other parts stay";
  EXPECT_TRUE(log.apply(LeafType::redact, {{"within", {0}}}));
  EXPECT_EQ(log.entries.find_capture(0)->reductions, 2U);
  EXPECT_TRUE(log.apply(LeafType::redact, {{"target", {0}}}));
  EXPECT_FALSE(log.apply(LeafType::redact, {{"within", {0}}})) << "it is gone as a whole";
}

TEST(Register, ARefusedCaptureCanBeRedactedWithoutAPlace) {
  Log log;
  Leaf malformed = leaf_of(LeafType::capture);
  malformed.slots.pop_back();
  EXPECT_FALSE(log.entries.apply(malformed).has_value());
  EXPECT_TRUE(log.apply(LeafType::redact, {{"target", {0}}}));
  EXPECT_TRUE(log.entries.captures().empty());
}

TEST(Register, DispositionsAreOfCapturesAndTheLatestCounts) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::capture));
  EXPECT_TRUE(log.apply(LeafType::dispose, {{"capture", {0}}}));
  EXPECT_TRUE(log.apply(LeafType::dispose, {{"capture", {0}}}));
  EXPECT_FALSE(log.apply(LeafType::dispose, {{"capture", {1}}}));
  EXPECT_EQ(log.entries.captures().front().dispose, 2U);
}

TEST(Register, ARuleIsReplacedOnce) {
  Log log;
  EXPECT_TRUE(log.apply(LeafType::rule));
  EXPECT_TRUE(log.apply(LeafType::rule, {{"replaces", {0}}}));
  EXPECT_FALSE(log.apply(LeafType::rule, {{"replaces", {0}}}));
  EXPECT_EQ(log.entries.rules(), std::vector<LeafIndex>{1});
}

TEST(Register, WhatPointsForwardIsRefusedAndStillTakesItsIndex) {
  Log log;
  EXPECT_FALSE(log.apply(LeafType::amend, {{"entry", {7}}}));
  EXPECT_TRUE(log.apply(LeafType::event));
  EXPECT_EQ(log.entries.entries().front().index, 1U);
}

}  // namespace
}  // namespace gavah::proof
