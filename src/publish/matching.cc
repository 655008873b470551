#include "publish/matching.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace gavah::publish {
namespace {

using PartKey = std::pair<CaptureId, PartNumber>;
using Owner = std::pair<const Anchor*, std::size_t>;

/// One item and one entry that share evidence.
struct Edge {
  int closeness = 0;  ///< 2 equal detail, 1 equal kind, 0 neither
  std::uint32_t shared = 0;
  std::size_t item = 0;
  std::size_t entry = 0;
};

std::map<PartKey, std::vector<Owner>> by_part(std::span<const Anchored> entries) {
  std::map<PartKey, std::vector<Owner>> out;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const Anchor& anchor : entries[i].anchors) out[{anchor.capture, anchor.part}].emplace_back(&anchor, i);
  }
  return out;
}

std::vector<Edge> edges_between(std::span<const Anchored> items, std::span<const Anchored> entries) {
  const auto parts = by_part(entries);
  std::vector<Edge> edges;
  for (std::size_t item = 0; item < items.size(); ++item) {
    std::map<std::size_t, std::uint32_t> shared;
    for (const Anchor& anchor : items[item].anchors) {
      const auto part = parts.find({anchor.capture, anchor.part});
      if (part == parts.end()) continue;
      for (const auto& [other, entry] : part->second) {
        if (meets(anchor, *other)) ++shared[entry];
      }
    }
    for (const auto& [entry, count] : shared) {
      const int closeness = items[item].detail == entries[entry].detail ? 2
                            : items[item].kind == entries[entry].kind   ? 1
                                                                        : 0;
      edges.push_back({closeness, count, item, entry});
    }
  }
  std::ranges::sort(edges, [](const Edge& a, const Edge& b) {
    return std::tuple(-a.closeness, -static_cast<std::int64_t>(a.shared), a.entry, a.item) <
           std::tuple(-b.closeness, -static_cast<std::int64_t>(b.shared), b.entry, b.item);
  });
  return edges;
}

bool any_meets(const Anchor& anchor, const std::vector<Anchor>& others) {
  return std::ranges::any_of(others, [&](const Anchor& other) { return meets(anchor, other); });
}

/// True when `item` took words of the entry's evidence that the entry's own item no longer rests on.
bool took_evidence(const Anchored& item, const Anchored& entry, const Anchored& kept) {
  return std::ranges::any_of(entry.anchors, [&](const Anchor& anchor) {
    return any_meets(anchor, item.anchors) && !any_meets(anchor, kept.anchors);
  });
}

}  // namespace

Matching match(std::span<const Anchored> items, std::span<const Anchored> entries, OtherKinds other_kinds) {
  Matching out;
  out.entry_of.resize(items.size());
  out.split_from.resize(items.size());
  out.merged_into.resize(entries.size());
  std::vector<std::optional<std::size_t>> item_of(entries.size());
  const std::vector<Edge> edges = edges_between(items, entries);
  for (const Edge& edge : edges) {
    if (edge.closeness == 0 && other_kinds == OtherKinds::refused) continue;
    if (out.entry_of[edge.item] || item_of[edge.entry]) continue;
    out.entry_of[edge.item] = edge.entry;
    item_of[edge.entry] = edge.item;
  }
  for (const Edge& edge : edges) {
    if (edge.closeness == 0) continue;
    if (!item_of[edge.entry] && !out.merged_into[edge.entry]) out.merged_into[edge.entry] = out.entry_of[edge.item];
    if (out.entry_of[edge.item] || out.split_from[edge.item] || !item_of[edge.entry]) continue;
    if (took_evidence(items[edge.item], entries[edge.entry], items[*item_of[edge.entry]])) {
      out.split_from[edge.item] = edge.entry;
    }
  }
  return out;
}

}  // namespace gavah::publish
