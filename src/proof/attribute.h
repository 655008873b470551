#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "proof/opened_entry.h"

namespace gavah::proof {

/// What an edition opens of a victim, joined into one key: victims with equal keys cannot be told apart by it. Of a
/// list its length alone; who made the entry is no attribute. Empty when nothing is opened.
std::string attributes_of(const OpenedEntry& victim);

/// How many of these victims share each key; those of whom nothing is opened are not counted.
std::map<std::string, std::uint64_t> attribute_cells(std::span<const OpenedEntry> victims);

}  // namespace gavah::proof
