#include "text/time_tokens.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace gavah::text {
namespace {

/// Words in Latin letters that the code of the readers compares with, but for lists of those that say no time and of
/// those that stand before one.
std::set<std::string> words_in_readers() {
  static const std::regex literal("\"([a-z]+)\"");
  static const std::regex comment("//[^\n]*");
  static const std::regex other_lists(
      "k(Counted|Numbered|NotNouns|Joints|YearCues|MonthCues|YearlyEvents|Modals|PastVerbs)\\[\\] = [^;]*;");
  std::set<std::string> out;
  // "No later than", "the fiscal year", "the rest of the week".
  const std::set<std::string> before_alone{
      "no",   "academic", "calendar",  "entire", "fewer",     "financial", "when",  "fiscal", "school",
      "rest", "same",     "remainder", "that",   "remaining", "under",     "whole", "t",      "up",
      "will", "shall",    "any",       "time",   "be",        "ed",        "eed"};
  for (const auto& entry : std::filesystem::directory_iterator(GAVAH_SOURCE_DIR "/src/text")) {
    const std::string name = entry.path().filename().string();
    const bool reads_times =
        name.ends_with("_reader.cc") || name == "date.cc" || name == "time_joiner.cc" || name == "time_offsets.cc";
    if (!reads_times) continue;
    std::ifstream in(entry.path());
    std::ostringstream whole;
    whole << in.rdbuf();
    const std::string code = std::regex_replace(std::regex_replace(whole.str(), comment, ""), other_lists, "");
    for (std::sregex_iterator it(code.begin(), code.end(), literal); it != std::sregex_iterator(); ++it)
      if (!before_alone.contains((*it)[1])) out.insert((*it)[1]);
  }
  return out;
}

/// A number of one digit starts a time only where the word after it may go on one.
bool may_go_on(const std::string& word) {
  const Reading reading("7 " + word);
  TimeTokens tokens(reading);
  tokens.read_between(0, 2);
  return tokens.may_start(0);
}

TEST(TimeTokens, NoWordThatAReaderAsksForIsPassedOver) {
  const auto words = words_in_readers();
  EXPECT_GT(words.size(), 50U);
  for (const std::string& word : words) EXPECT_TRUE(may_go_on(word)) << word << " is missing in kGoesOn";
  EXPECT_FALSE(may_go_on("lanterns"));
}

}  // namespace
}  // namespace gavah::text
