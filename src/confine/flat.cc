#include "confine/flat.h"

namespace gavah::confine {

FlatWriter& FlatWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    out_.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    value >>= 7U;
  }
  out_.push_back(static_cast<char>(value));
  return *this;
}

FlatWriter& FlatWriter::signed_number(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return number(value < 0 ? ~(bits << 1U) : bits << 1U);
}

FlatWriter& FlatWriter::text(std::string_view value) {
  number(value.size());
  return raw(value);
}

FlatWriter& FlatWriter::raw(std::string_view value) {
  out_.append(value);
  return *this;
}

void FlatReader::refuse() {
  ok_ = false;
  rest_ = {};
}

std::uint64_t FlatReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) break;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (shift == 63 && byte > 1) break;
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
  refuse();
  return 0;
}

std::int64_t FlatReader::signed_number() {
  const std::uint64_t bits = number();
  return static_cast<std::int64_t>((bits & 1U) != 0 ? ~(bits >> 1U) : bits >> 1U);
}

std::string_view FlatReader::text() {
  const std::uint64_t size = number();
  if (size > rest_.size()) refuse();
  return ok_ ? raw(static_cast<std::size_t>(size)) : std::string_view();
}

std::string_view FlatReader::raw(std::size_t size) {
  if (size > rest_.size()) refuse();
  if (!ok_) return {};
  const std::string_view out = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return out;
}

std::uint64_t FlatReader::count(std::size_t least_bytes) {
  const std::uint64_t value = number();
  if (value <= rest_.size() / least_bytes) return value;
  refuse();
  return 0;
}

std::uint64_t FlatReader::below(std::uint64_t end) {
  const std::uint64_t value = number();
  if (ok_ && value < end) return value;
  refuse();
  return 0;
}

}  // namespace gavah::confine
