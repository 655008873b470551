#include "place/name_index.h"

#include <algorithm>

#include "text/text.h"

namespace gavah::place {
namespace {

constexpr std::size_t kNameBytesLimit = 400;     // GeoNames names are at most 200 characters
constexpr std::size_t kSlotsAtLeast = 16;        // of a table
constexpr std::size_t kFilterBytesAtLeast = 64;  // of a filter

std::uint16_t words_in(std::string_view text) {
  return static_cast<std::uint16_t>(std::count(text.begin(), text.end(), ' ') + 1);
}

/// Sixteen bits for each of so many hashes: a few words of a hundred meet one by chance.
std::vector<std::uint8_t> filter_for(std::size_t count) {
  return std::vector<std::uint8_t>(std::max(kFilterBytesAtLeast, std::bit_ceil(count * 2)), 0);
}

void set_bit(std::vector<std::uint8_t>& filter, std::uint32_t hash) {
  const auto bit = NameIndex::bit_of(filter.size(), hash);
  filter[bit.byte] |= bit.mask;
}

bool has_bit(std::span<const std::uint8_t> filter, std::uint32_t hash) {
  const auto bit = NameIndex::bit_of(filter.size(), hash);
  return (filter[bit.byte] & bit.mask) != 0;
}

}  // namespace

std::span<const NameIndex::Carrier> NameIndex::find(std::string_view folded_name) const {
  const std::uint32_t hash = text::word_hash(folded_name);
  if (names.empty() || !has_bit(filter, hash)) return {};
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = hash & mask; slots[at] != 0; at = (at + 1) & mask) {
    const Name& name = names[slots[at] - 1];
    if (text_at(name.text, name.size_bytes) == folded_name) return carriers.subspan(name.first_carrier, name.carriers);
  }
  return {};
}

std::uint32_t NameIndex::longest_from(std::string_view folded_word, std::uint32_t hash) const {
  if (!may_start(hash)) return 0;
  const std::size_t mask = first_slots.size() - 1;
  for (std::size_t at = hash & mask; first_slots[at] != 0; at = (at + 1) & mask) {
    const FirstWord& word = first_words[first_slots[at] - 1];
    if (text_at(word.text, word.size_bytes) == folded_word) return word.longest_words;
  }
  return 0;
}

std::size_t NameIndexBuilder::slot_of(std::string_view folded_name) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = text::word_hash(folded_name) & mask;
  while (slots_[at] != 0 && text_of(names_[slots_[at] - 1]) != folded_name) at = (at + 1) & mask;
  return at;
}

void NameIndexBuilder::grow() {
  slots_.assign(std::max(kSlotsAtLeast, slots_.size() * 2), 0);
  for (std::uint32_t i = 0; i < names_.size(); ++i) slots_[slot_of(text_of(names_[i]))] = i + 1;
}

void NameIndexBuilder::add(std::string_view folded_name, NameIndex::Carrier carrier) {
  if (folded_name.empty() || folded_name.size() > kNameBytesLimit || words_in(folded_name) > kNameWordsLimit) return;
  if ((names_.size() + 1) * 2 > slots_.size()) grow();
  std::uint32_t& slot = slots_[slot_of(folded_name)];
  if (slot == 0) {
    names_.push_back({static_cast<std::uint32_t>(arena_.size()), static_cast<std::uint16_t>(folded_name.size()),
                      words_in(folded_name), 0, 0});
    arena_.append(folded_name);
    slot = static_cast<std::uint32_t>(names_.size());
  }
  pending_.emplace_back(slot - 1, carrier);
}

void NameIndexBuilder::finish() {
  if (slots_.empty()) grow();
  std::sort(pending_.begin(), pending_.end());
  // Of several kinds of one entry, the best comes first and stands.
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first && a.second.entry == b.second.entry; };
  pending_.erase(std::unique(pending_.begin(), pending_.end(), same), pending_.end());
  carriers_.reserve(pending_.size());
  filter_ = filter_for(names_.size());
  for (const auto& name : names_) set_bit(filter_, text::word_hash(text_of(name)));
  for (const auto& [name, carrier] : pending_) {
    if (names_[name].carriers++ == 0) names_[name].first_carrier = static_cast<std::uint32_t>(carriers_.size());
    carriers_.push_back(carrier);
  }
  index_first_words();
}

void NameIndexBuilder::index_first_words() {
  const std::size_t capacity = std::max(kSlotsAtLeast, std::bit_ceil(names_.size() * 2));
  first_slots_.assign(capacity, 0);
  first_filter_ = filter_for(names_.size());
  for (const auto& name : names_) {
    const std::string_view text = text_of(name);
    const std::string_view first = text.substr(0, text.find(' '));
    const std::uint32_t hash = text::word_hash(first);
    std::size_t at = hash & (capacity - 1);
    const auto text_at = [&](std::uint32_t slot) {
      return std::string_view(arena_).substr(first_words_[slot - 1].text, first_words_[slot - 1].size_bytes);
    };
    while (first_slots_[at] != 0 && text_at(first_slots_[at]) != first) at = (at + 1) & (capacity - 1);
    if (first_slots_[at] == 0) {
      first_words_.push_back({name.text, static_cast<std::uint16_t>(first.size()), 0});
      first_slots_[at] = static_cast<std::uint32_t>(first_words_.size());
      set_bit(first_filter_, hash);
    }
    auto& word = first_words_[first_slots_[at] - 1];
    word.longest_words = std::max(word.longest_words, name.words);
  }
}

NameIndex NameIndexBuilder::view() const {
  return {.arena = arena_,
          .names = names_,
          .slots = slots_,
          .first_words = first_words_,
          .first_slots = first_slots_,
          .filter = filter_,
          .first_filter = first_filter_,
          .carriers = carriers_};
}

}  // namespace gavah::place
