#include "publish/release.h"

#include <algorithm>

namespace gavah::publish {
namespace {

using proof::LeafIndex;
using proof::LeafType;
using proof::OpenedEntry;

}  // namespace

Release::Release(const Policy& policy, const Digest& policy_digest, const PreviousEdition* previous)
    : policy_(policy),
      previous_(previous),
      same_policy_(previous != nullptr && previous->stamp.policy == policy_digest) {}

bool Release::is_new(LeafIndex leaf) const { return !same_policy_ || leaf >= previous_->stamp.size; }

void Release::close_what_stands_out(std::vector<OpenedEntry>& opened) const {
  close_victims(opened);
  close_sources(opened);
}

void Release::close_victims(std::vector<OpenedEntry>& opened) const {
  std::map<std::string, std::uint64_t> cells;
  std::map<std::string, std::vector<OpenedEntry*>> fresh;
  std::uint64_t closed = 0;
  for (OpenedEntry& victim : opened) {
    if (victim.type != LeafType::victim) continue;
    if (victim.slots.empty()) {
      if (is_new(victim.leaf)) ++closed;
      continue;
    }
    if (!is_new(victim.leaf) && !previous_->released.victims.contains(victim.leaf)) {
      victim.slots = {};
      continue;
    }
    std::string key = proof::attributes_of(victim);
    if (key.empty()) continue;
    ++cells[key];
    if (is_new(victim.leaf)) fresh[std::move(key)].push_back(&victim);
  }
  // Smallest cells first: what is closed must itself be many, or who is closed would be told by what is left.
  std::vector<std::pair<std::uint64_t, std::string>> order;
  for (const auto& [key, victims] : fresh) order.emplace_back(cells[key], key);
  std::ranges::sort(order);
  for (const auto& [size, key] : order) {
    const bool is_small = size < policy_.min_cell;
    const bool leaves_few = closed > 0 && closed < policy_.min_cell;
    if (!is_small && !leaves_few) break;
    for (OpenedEntry* victim : fresh[key]) victim->slots = {};
    closed += fresh[key].size();
  }
}

void Release::close_sources(std::vector<OpenedEntry>& opened) const {
  const auto is_fresh = [&](const OpenedEntry& entry) {
    return entry.type == LeafType::source &&
           (previous_ == nullptr || !previous_->released.sources.contains(entry.leaf));
  };
  const auto fresh = static_cast<std::uint64_t>(std::ranges::count_if(opened, is_fresh));
  if (fresh > 0 && fresh < policy_.batch) std::erase_if(opened, is_fresh);
}

std::vector<Release::Origin> Release::origins(std::vector<Origin> wanted) const {
  const auto is_fresh = [&](const Origin& origin) {
    return previous_ == nullptr || !previous_->released.origins.contains(origin);
  };
  const auto fresh = static_cast<std::uint64_t>(std::ranges::count_if(wanted, is_fresh));
  if (fresh > 0 && fresh < policy_.batch) std::erase_if(wanted, is_fresh);
  std::ranges::sort(wanted);
  return wanted;
}

}  // namespace gavah::publish
