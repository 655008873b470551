#include "place/name_index.h"

#include <algorithm>

#include "text/text.h"

namespace gavah::place {
namespace {

std::uint16_t words_in(std::string_view text) {
  return static_cast<std::uint16_t>(std::count(text.begin(), text.end(), ' ') + 1);
}

constexpr std::size_t kNameBytesLimit = 400;  // GeoNames names are at most 200 characters

}  // namespace

std::size_t NameIndex::slot_of(std::string_view folded_name) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = text::word_hash(folded_name) & mask;
  while (slots_[at] != 0 && text_of(names_[slots_[at] - 1]) != folded_name) at = (at + 1) & mask;
  return at;
}

void NameIndex::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  for (std::uint32_t i = 0; i < names_.size(); ++i) slots_[slot_of(text_of(names_[i]))] = i + 1;
}

void NameIndex::add(std::string_view folded_name, Carrier carrier) {
  if (folded_name.empty() || folded_name.size() > kNameBytesLimit || words_in(folded_name) > kNameWordsLimit) return;
  if ((names_.size() + 1) * 2 > slots_.size()) grow();
  std::uint32_t& slot = slots_[slot_of(folded_name)];
  if (slot == 0) {
    names_.push_back(Name{static_cast<std::uint32_t>(arena_.size()), static_cast<std::uint16_t>(folded_name.size()),
                          words_in(folded_name), 0, 0});
    arena_.append(folded_name);
    slot = static_cast<std::uint32_t>(names_.size());
  }
  pending_.emplace_back(slot - 1, carrier);
}

void NameIndex::finish() {
  std::sort(pending_.begin(), pending_.end());
  // Of several kinds of one entry, the best comes first and stands.
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first && a.second.entry == b.second.entry; };
  pending_.erase(std::unique(pending_.begin(), pending_.end(), same), pending_.end());
  carriers_.reserve(pending_.size());
  filter_.assign(std::size_t{1} << (32 - kFilterShift), 0);
  for (const Name& name : names_) set_bit(filter_, text::word_hash(text_of(name)));
  for (const auto& [name, carrier] : pending_) {
    if (names_[name].carriers++ == 0) names_[name].first_carrier = static_cast<std::uint32_t>(carriers_.size());
    carriers_.push_back(carrier);
  }
  std::vector<std::pair<std::uint32_t, Carrier>>().swap(pending_);
  index_first_words();
  arena_.shrink_to_fit();
  names_.shrink_to_fit();
}

void NameIndex::index_first_words() {
  std::size_t capacity = 1024;
  while (capacity < names_.size() * 2) capacity *= 2;
  first_slots_.assign(capacity, 0);
  first_filter_.assign(std::size_t{1} << (32 - kFilterShift), 0);
  for (const Name& name : names_) {
    const std::string_view text = text_of(name);
    const std::string_view first = text.substr(0, text.find(' '));
    const std::uint32_t hash = text::word_hash(first);
    std::size_t at = hash & (capacity - 1);
    const auto text_at = [&](std::uint32_t slot) {
      return std::string_view(arena_).substr(first_words_[slot - 1].text, first_words_[slot - 1].size_bytes);
    };
    while (first_slots_[at] != 0 && text_at(first_slots_[at]) != first) at = (at + 1) & (capacity - 1);
    if (first_slots_[at] == 0) {
      first_words_.push_back(FirstWord{name.text, static_cast<std::uint16_t>(first.size()), 0});
      first_slots_[at] = static_cast<std::uint32_t>(first_words_.size());
      set_bit(first_filter_, hash);
    }
    FirstWord& word = first_words_[first_slots_[at] - 1];
    word.longest_words = std::max(word.longest_words, name.words);
  }
}

std::span<const NameIndex::Carrier> NameIndex::find(std::string_view folded_name) const {
  if (filter_.empty() || !has_bit(filter_, text::word_hash(folded_name))) return {};
  const std::uint32_t slot = slots_[slot_of(folded_name)];
  if (slot == 0) return {};
  const Name& name = names_[slot - 1];
  return std::span(carriers_).subspan(name.first_carrier, name.carriers);
}

std::uint32_t NameIndex::longest_from(std::string_view folded_word, std::uint32_t hash) const {
  if (first_words_.empty()) return 0;
  if (!has_bit(first_filter_, hash)) return 0;
  const std::size_t mask = first_slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; first_slots_[at] != 0; at = (at + 1) & mask) {
    const FirstWord& word = first_words_[first_slots_[at] - 1];
    if (std::string_view(arena_).substr(word.text, word.size_bytes) == folded_word) return word.longest_words;
  }
  return 0;
}

std::size_t NameIndex::size_bytes() const {
  return arena_.capacity() + names_.capacity() * sizeof(Name) + slots_.capacity() * 4 +
         first_words_.capacity() * sizeof(FirstWord) + first_slots_.capacity() * 4 + first_filter_.capacity() +
         filter_.capacity() + carriers_.capacity() * sizeof(Carrier);
}

}  // namespace gavah::place
