#include "html/formatting_list.h"

namespace gavah::html {

void FormattingList::add(const FormattingElement& element) {
  if (entries_.size() >= kEntries) remove(0);
  entries_.push_back(element);
}

void FormattingList::clear_to_marker() {
  while (!entries_.empty()) {
    const bool is_marker = entries_.back().is_marker();
    entries_.pop_back();
    if (is_marker) return;
  }
}

std::size_t FormattingList::find(Tag tag) const {
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].is_marker()) return kNowhere;
    if (entries_[i].tag == tag) return i;
  }
  return kNowhere;
}

std::size_t FormattingList::index_of(NodeIndex node) const {
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].node == node) return i;
  }
  return kNowhere;
}

std::uint64_t set_hash(std::span<const Attribute> attributes) {
  std::uint64_t sum = attributes.size();
  for (const Attribute& attribute : attributes) {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;
    const std::uint64_t name = std::hash<std::string_view>()(attribute.name);
    const std::uint64_t value = std::hash<std::string_view>()(attribute.value);
    sum += ((name * kOdd) ^ value) * kOdd;
  }
  return sum;
}

}  // namespace gavah::html
