#include "store/contents.h"

#include <algorithm>

#include "base/bytes.h"

namespace gavah::store {
namespace {

constexpr std::uint32_t kDestroyed = UINT32_MAX;  ///< in place of a record's length: no record is so long

std::unexpected<Error> damaged() { return fail(ErrorCode::corrupt, "the contents of a ledger row are damaged"); }

/// Takes pieces off the front; after the first failure everything is empty.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      has_failed_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  std::uint32_t count() {
    std::uint32_t out = 0;
    for (const char c : take(4)) out = (out << 8U) | static_cast<unsigned char>(c);
    return out;
  }
  std::string text() { return std::string(take(count())); }
  bool has_failed() const { return has_failed_; }
  bool is_at_end() const { return rest_.empty() && !has_failed_; }

 private:
  std::string_view rest_;
  bool has_failed_ = false;
};

proof::ListRecord take_record(Cursor& in) {
  proof::ListRecord record;
  const std::string_view salt = in.take(record.salt.size());
  const std::uint32_t size = in.count();
  if (size == kDestroyed && salt.size() == 32) {
    record.destroyed = Digest::from_bytes(salt);
  } else {
    std::copy(salt.begin(), salt.end(), record.salt.begin());
    record.bytes = std::string(in.take(size));
  }
  return record;
}

std::vector<proof::ListRecord> take_records(Cursor& in) {
  std::vector<proof::ListRecord> out;
  for (std::uint32_t left = in.count(); left > 0 && !in.has_failed(); --left) out.push_back(take_record(in));
  return out;
}

}  // namespace

void append_record(ListBytes& list, const proof::ListRecord& record) {
  ++list.count;
  if (record.destroyed) {
    list.bytes.append(record.destroyed->view());
    append_u32_be(list.bytes, kDestroyed);
    return;
  }
  list.bytes.append(reinterpret_cast<const char*>(record.salt.data()), record.salt.size());
  append_length_prefixed(list.bytes, record.bytes);
}

Result<void> read_records(std::string_view bytes, std::vector<proof::ListRecord>& out) {
  Cursor in(bytes);
  while (!in.is_at_end() && !in.has_failed()) out.push_back(take_record(in));
  return in.has_failed() ? Result<void>(damaged()) : Result<void>();
}

std::string contents_bytes(const std::map<std::string, proof::SlotValue>& values,
                           const std::map<std::string, ListBytes>& lists) {
  std::string out;
  append_u32_be(out, static_cast<std::uint32_t>(values.size()));
  for (const auto& [path, value] : values) {
    append_length_prefixed(out, path);
    append_length_prefixed(out, value.kind);
    append_length_prefixed(out, value.value);
  }
  append_u32_be(out, static_cast<std::uint32_t>(lists.size()));
  for (const auto& [path, list] : lists) {
    append_length_prefixed(out, path);
    append_u32_be(out, list.count);
    out.append(list.bytes);
  }
  return out;
}

std::string contents_bytes(const std::map<std::string, proof::SlotValue>& values,
                           const std::map<std::string, std::vector<proof::ListRecord>>& lists) {
  std::map<std::string, ListBytes> flat;
  for (const auto& [path, records] : lists) {
    ListBytes& list = flat[path];
    for (const proof::ListRecord& record : records) append_record(list, record);
  }
  return contents_bytes(values, flat);
}

Result<Contents> contents_from(std::string_view bytes) {
  Contents out;
  Cursor in(bytes);
  for (std::uint32_t left = in.count(); left > 0 && !in.has_failed(); --left) {
    std::string path = in.text();
    proof::SlotValue value;
    value.kind = in.text();
    value.value = in.text();
    out.values.emplace(std::move(path), std::move(value));
  }
  for (std::uint32_t left = in.count(); left > 0 && !in.has_failed(); --left) {
    std::string path = in.text();
    out.lists.emplace(std::move(path), take_records(in));
  }
  if (!in.is_at_end()) return damaged();
  return out;
}

}  // namespace gavah::store
