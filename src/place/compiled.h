#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "place/gazetteer_tables.h"

namespace gavah::place {

/// A gazetteer as one file that is used where it lies, mapped by all who read it: arrays of fixed-size little-endian
/// records that refer to each other by index, and texts by offset. spec/gazetteer.md has the layout.
/// Constraints: nothing to build at open; safe with any bytes; the same dumps give the same bytes. Measured in
/// bench/README.md. Rejected: SQLite (a page walk for each word of a text), a trie or automaton (five times the
/// memory), minimal perfect hashing (a third less memory for slots, but a second table to read for each look). The
/// version is raised with every change of the layout, of text::fold, of text::word_hash or of what a dump's row
/// becomes: compiled files are then compiled again.
inline constexpr std::uint32_t kCompiledVersion = 1;
inline constexpr std::string_view kCompiledMagic = "GAVAHGAZ";

/// The bytes of a file with these arrays. `tables.digest` and `tables.bytes` are not looked at.
std::string write_compiled(const Gazetteer::Tables& tables);

/// Views of the arrays in `file`, after all that they refer to was found inside of them: no later use can leave them.
/// invalid_input for other bytes, another version, a digest that is not theirs, bytes that do not begin at a multiple
/// of eight in memory. Linear in the file.
Result<Gazetteer::Tables> read_compiled(SharedBytes file);

}  // namespace gavah::place
