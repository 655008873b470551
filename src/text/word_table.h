#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/fold.h"

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
    std::string key = folded_key(word);
    Cell& cell = cells_[slot_of(key)];
    if (!cell.key.empty()) return;
    cell = Cell{std::move(key), std::move(value)};
    ++size_;
  }

  /// Nothing when the word is not in the table.
  const Value* find(std::string_view folded_word) const {
    if (folded_word.empty()) return nullptr;
    const Cell& cell = cells_[slot_of(folded_word)];
    return cell.key.empty() ? nullptr : &cell.value;
  }

 private:
  struct Cell {
    std::string key;
    Value value{};
  };

  static std::uint64_t hash(std::string_view word) {
    std::uint64_t h = 1469598103934665603U;
    for (const char c : word) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return h ^ (h >> 29U);
  }
  std::size_t slot_of(std::string_view key) const {
    const std::size_t mask = cells_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash(key)) & mask;
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
  std::size_t size_ = 0;
};

}  // namespace gavah::text
