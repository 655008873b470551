#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/fold.h"
#include "text/word_hash.h"

namespace gavah::text {

/// A fixed table from folded words to small values; open addressing, built once, read by many threads.
/// Words are folded when added; of two entries for one word the first stands.
template <class Value>
class WordTable {
 public:
  WordTable(std::initializer_list<std::pair<std::string_view, Value>> entries) {
    for (const auto& [word, value] : entries) add(word, value);
  }

  void add(std::string_view word, Value value) {
    if (cells_.empty() || (size_ + 1) * 2 > cells_.size()) grow();
    const std::string key = folded_key(word);
    const std::uint32_t hash = word_hash(key);
    Cell& cell = cells_[slot_of(key, hash)];
    if (!cell.key.empty()) return;
    cell = Cell{key, std::move(value)};
    filter_[filter_bit(hash) / 64] |= std::uint64_t{1} << (filter_bit(hash) % 64);
    ++size_;
  }

  /// The value of `word`, made empty where there was none. For building only.
  Value& at(std::string_view word) {
    add(word, Value{});
    return cells_[slot_of(folded_key(word))].value;
  }

  /// Calls `visit(word, value)` for every word, in an order that means nothing.
  template <class Visit>
  void each(Visit visit) const {
    for (const Cell& cell : cells_) {
      if (!cell.key.empty()) visit(std::string_view(cell.key), cell.value);
    }
  }

  /// Nothing when the word is not in the table.
  const Value* find(std::string_view folded_word) const { return find(folded_word, word_hash(folded_word)); }
  /// The same for a word whose word_hash is known: most words of a text end at one look into half a kilobyte.
  const Value* find(std::string_view folded_word, std::uint32_t hash) const {
    if (!may_hold(hash) || folded_word.empty()) return nullptr;
    const Cell& cell = cells_[slot_of(folded_word, hash)];
    return cell.key.empty() ? nullptr : &cell.value;
  }

  /// False for most words that are not in the table.
  bool may_hold(std::uint32_t hash) const {
    return ((filter_[filter_bit(hash) / 64] >> (filter_bit(hash) % 64)) & 1U) != 0;
  }

 private:
  struct Cell {
    std::string key;
    Value value{};
  };

  static constexpr std::uint32_t kFilterBits = 4096;

  static std::uint32_t filter_bit(std::uint32_t hash) { return hash >> 20U; }
  std::size_t slot_of(std::string_view key) const { return slot_of(key, word_hash(key)); }
  std::size_t slot_of(std::string_view key, std::uint32_t hash) const {
    const std::size_t mask = cells_.size() - 1;
    std::size_t slot = hash & mask;
    while (!cells_[slot].key.empty() && cells_[slot].key != key) slot = (slot + 1) & mask;
    return slot;
  }
  void grow() {
    std::vector<Cell> old = std::exchange(cells_, std::vector<Cell>(std::max<std::size_t>(64, cells_.size() * 2)));
    for (Cell& cell : old) {
      if (cell.key.empty()) continue;
      const std::size_t slot = slot_of(cell.key);
      cells_[slot] = std::move(cell);
    }
  }

  std::vector<Cell> cells_;
  std::array<std::uint64_t, kFilterBits / 64> filter_{};
  std::size_t size_ = 0;
};

}  // namespace gavah::text
