#include "text/word_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "text/token.h"

namespace gavah::text {
namespace {

std::string random_word(std::mt19937& random) {
  std::string out;
  for (std::size_t letters = 1 + random() % 20; letters > 0; --letters) {
    out.push_back(static_cast<char>('a' + random() % 3));
  }
  return out;
}

TEST(WordTable, HoldsWhatAMapHoldsAndNothingElse) {
  std::mt19937 random(7);
  WordTable<int> table{};
  std::map<std::string, int> wanted;
  for (int i = 0; i < 3000; ++i) {
    const std::string word = random_word(random);
    table.add(word, i);
    wanted.emplace(word, i);
  }
  for (int i = 0; i < 3000; ++i) {
    const std::string word = random_word(random);
    const auto found = wanted.find(word);
    const int* value = table.find(word);
    ASSERT_EQ(value != nullptr, found != wanted.end()) << word;
    if (value != nullptr) {
      EXPECT_EQ(*value, found->second) << word;
    }
  }
  for (const auto& [word, value] : wanted) ASSERT_EQ(table.find(word, word_hash(word)), table.find(word)) << word;
}

TEST(WordTable, EveryTokenCarriesTheHashOfItsFoldedBytes) {
  const Folded folded =
      fold("On 12 November, «تهران» (Zāhedān) بازداشت‌شدگان: 3rd extraordinarily");
  for (const Token& token : tokenize(folded)) {
    const std::string word(folded.text().substr(token.folded.begin, token.folded.size()));
    EXPECT_EQ(token.hash, word_hash(word)) << word;
  }
}

TEST(WordTable, WordsOfEveryLengthDifferInTheirHashWhenOneByteDiffers) {
  for (std::size_t size = 1; size <= 40; ++size) {
    const std::string word(size, 'a');
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = word;
      other[at] = 'b';
      // Of words of three bytes the hash reads all; of longer ones every byte is in one of the pieces.
      EXPECT_NE(word_hash(word), word_hash(other)) << other;
    }
  }
}

}  // namespace
}  // namespace gavah::text
