#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/proof.h"

namespace gavah::store {

/// The private half of an entry: slot values and the records of list slots.
struct Contents {
  std::map<std::string, proof::SlotValue> values;
  std::map<std::string, std::vector<proof::ListRecord>> lists;
  friend bool operator==(const Contents&, const Contents&) = default;
};

/// Records of a list as bytes, one after another.
struct ListBytes {
  std::uint32_t count = 0;
  std::string bytes;
};
/// A record behind those before.
void append_record(ListBytes& list, const proof::ListRecord& record);
/// The records of such bytes behind those in `out`. corrupt unless it is exactly records.
Result<void> read_records(std::string_view bytes, std::vector<proof::ListRecord>& out);

/// As one run of bytes: a 4-byte count of values, lp(path) lp(kind) lp(value) each; a 4-byte count of lists, lp(path),
/// a 4-byte count of records, the 32-byte salt and lp(bytes) of each. lp is a 4-byte big-endian length before the
/// bytes. Of a record that was destroyed its hash stands in place of the salt, and the length ffffffff alone behind it.
std::string contents_bytes(const std::map<std::string, proof::SlotValue>& values,
                           const std::map<std::string, std::vector<proof::ListRecord>>& lists);
std::string contents_bytes(const std::map<std::string, proof::SlotValue>& values,
                           const std::map<std::string, ListBytes>& lists);
/// corrupt unless it is exactly that.
Result<Contents> contents_from(std::string_view bytes);

}  // namespace gavah::store
