#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/merkle.h"

namespace gavah::proof {

/// One record of a list slot: what it says, and 32 random bytes so that nobody can guess it.
struct ListRecord {
  std::string bytes;
  std::array<std::uint8_t, 32> salt{};
  /// Set when the record was destroyed: its hash (see record_hash), all that is left. Bytes and salt are empty then,
  /// and it cannot be opened.
  std::optional<Digest> destroyed = std::nullopt;
  friend bool operator==(const ListRecord&, const ListRecord&) = default;
};

/// A fresh salt.
ListRecord salted(std::string bytes, Random& random);
/// SHA-256(0x00 || salt || bytes): the record's leaf hash in the list's tree.
Digest record_hash(const ListRecord& record);

/// What a list slot holds: how many records, and the root (merkle.h) over their hashes in order.
struct ListHead {
  std::uint64_t count = 0;
  Digest root;
  /// The slot's value: "COUNT HEX64", decimal without leading zeros.
  std::string text() const;
  static Result<ListHead> parse(std::string_view text);
  friend bool operator==(const ListHead&, const ListHead&) = default;
};
ListHead list_head(std::span<const ListRecord> records);

/// What makes one record public.
struct RecordOpening {
  std::uint64_t index = 0;
  ListRecord record;
  Proof proof;
};
/// invalid_input unless index < records.size(). Linear in the records.
Result<RecordOpening> open_record(std::span<const ListRecord> records, std::uint64_t index);
/// invalid_input unless the record stands at that place of the list.
Result<void> check_record(const RecordOpening& opening, const ListHead& head);
/// True when `records` are the whole list.
[[nodiscard]] bool is_whole_list(std::span<const ListRecord> records, const ListHead& head);

}  // namespace gavah::proof
