#include "verify/edition_state.h"

namespace gavah::verify {

std::string_view EditionState::file(const std::string& path) const {
  const auto found = files.find(path);
  return found == files.end() ? std::string_view() : std::string_view(found->second);
}

const proof::OpenedEntry* EditionState::opened_leaf(proof::LeafIndex leaf) const {
  if (const auto event = event_at.find(leaf); event != event_at.end()) return &events[event->second];
  const auto other = other_at.find(leaf);
  return other == other_at.end() ? nullptr : &others[other->second];
}

proof::Population EditionState::population() const {
  const std::uint64_t waiting = policy ? policy->batch - 1 : 0;
  return {events, victims, entries.accounting(proof::LeafType::event).withheld,
          entries.accounting(proof::LeafType::victim).withheld + waiting};
}

}  // namespace gavah::verify
