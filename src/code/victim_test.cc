#include "code/victim.h"

#include <gtest/gtest.h>

#include "code/code_case.h"

namespace gavah::code {
namespace {

using testing::case_coder;
using testing::report_of;

/// "act: actors > targets" of each claim.
std::string roles(std::string text) {
  std::string out;
  for (const Claim& claim : case_coder().code(report_of(std::move(text), "2021-05-14"), IdSecret{})) {
    out += (out.empty() ? "" : "; ") + claim.act + ":";
    for (const Actor& actor : claim.actors) out += " " + actor.name;
    out += " >";
    for (const Actor& target : claim.targets) out += " " + target.name + ",";
  }
  return out;
}

TEST(Victim, WhoIsBeforeAPassiveVerbSuffersWhateverTheirClass) {
  EXPECT_EQ(roles("A judge was killed by gunmen in Nilvan on Monday."), "killing: gunmen > judge,");
  EXPECT_EQ(roles("Two soldiers were kidnapped in Nilvan on Monday."), "abduction: > soldiers,");
  EXPECT_EQ(roles("Police officers kidnapped by rebels in Nilvan on Monday were found."),
            "abduction: rebels > Police officers,");
}

TEST(Victim, WhoIsAfterAnActiveVerbSuffers) {
  EXPECT_EQ(roles("Gunmen killed a judge in Nilvan on Monday."), "killing: Gunmen > judge,");
  EXPECT_EQ(roles("Soldiers killed a guerrilla in Nilvan on Monday."), "killing: Soldiers > guerrilla,");
}

TEST(Victim, ANounForTheActNamesWhoAfterItsPreposition) {
  EXPECT_EQ(roles("The murder of a mayor in Nilvan on Monday shocked the town."), "killing: > mayor,");
}

TEST(Victim, ThoseToldInARowAllSuffer) {
  EXPECT_EQ(roles("The mayor, a judge and two guards were killed in Nilvan on Monday."),
            "killing: > mayor, judge, guards,");
}

TEST(Victim, ANounThatSaysWhoseIsNotWho) {
  EXPECT_EQ(roles("A judge of the supreme court was killed in Nilvan on Monday."), "killing: > judge,");
}

TEST(Victim, ANewClauseHasItsOwn) {
  EXPECT_EQ(roles("Teachers gathered in Nilvan on Monday, but a judge was killed."),
            "gathering: Teachers >; killing: > judge,");
}

}  // namespace
}  // namespace gavah::code
