#include "proof/der.h"

#include <cstdint>
#include <string>

namespace gavah::proof {
namespace {

constexpr std::uint8_t kBoolean = 0x01;
constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kBits = 0x03;
constexpr std::uint8_t kNull = 0x05;
constexpr std::uint8_t kOid = 0x06;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t kConstructed = 0x20;
constexpr std::uint8_t kClass = 0xc0;
constexpr std::uint8_t kLongTag = 0x1f;
constexpr std::uint8_t kLongLength = 0x80;
constexpr std::size_t kMaxLengthBytes = 4;

std::unexpected<Error> bad(const char* why) { return fail(ErrorCode::invalid_input, std::string("not DER: ") + why); }

std::uint8_t at(std::string_view bytes, std::size_t index) { return static_cast<std::uint8_t>(bytes[index]); }

Result<void> check_bits(std::string_view content) {
  if (content.empty() || at(content, 0) > 7 || (at(content, 0) > 0 && content.size() == 1)) {
    return bad("a string of bits without its number of unused ones");
  }
  const std::uint32_t unused = (1U << at(content, 0)) - 1;
  return (at(content, content.size() - 1) & unused) == 0 || content.size() == 1 ? Result<void>()
                                                                                : bad("unused bits are set");
}

Result<void> check_oid(std::string_view content) {
  if (content.empty() || at(content, content.size() - 1) >= kLongLength) return bad("an object identifier is cut");
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool begins = i == 0 || at(content, i - 1) < kLongLength;
    if (begins && at(content, i) == kLongLength) return bad("an object identifier is not in its shortest form");
  }
  return {};
}

Result<void> check_primitive(std::uint8_t tag, std::string_view content) {
  if (tag == kBoolean && (content.size() != 1 || (at(content, 0) != 0 && at(content, 0) != 0xff))) {
    return bad("a truth value is neither 00 nor ff");
  }
  if (tag == kInteger) {
    const bool is_long = content.size() > 1 && ((at(content, 0) == 0 && at(content, 1) < kLongLength) ||
                                                (at(content, 0) == 0xff && at(content, 1) >= kLongLength));
    if (content.empty() || is_long) return bad("a number is not in its shortest form");
  }
  if (tag == kNull && !content.empty()) return bad("NULL has content");
  if (tag == kBits) return check_bits(content);
  return tag == kOid ? check_oid(content) : Result<void>();
}

/// Reads values and counts them.
class Reader {
 public:
  /// The first value of `bytes`; what follows is left there.
  Result<void> take(std::string_view& bytes, std::size_t depth) {
    if (depth > kMaxDerDepth || ++values_ > kMaxDerValues) return bad("too many values, or too deep");
    if (bytes.empty() || (at(bytes, 0) & kLongTag) == kLongTag || at(bytes, 0) == 0)
      return bad("a tag above 30, or none");
    const std::uint8_t tag = at(bytes, 0);
    bytes.remove_prefix(1);
    GAVAH_ASSIGN(const std::size_t size, length(bytes));
    if (size > bytes.size()) return bad("a value is cut");
    std::string_view content = bytes.substr(0, size);
    bytes.remove_prefix(size);
    const bool is_constructed = (tag & kConstructed) != 0;
    const bool is_universal = (tag & kClass) == 0;
    if (is_universal && is_constructed != (tag == kSequence || tag == kSet)) {
      return bad("a string in pieces, or a list that holds no values");
    }
    if (!is_constructed) return is_universal ? check_primitive(tag, content) : Result<void>();
    while (!content.empty()) GAVAH_TRY(take(content, depth + 1));
    return {};
  }

 private:
  static Result<std::size_t> length(std::string_view& bytes) {
    if (bytes.empty()) return bad("a length is missing");
    const std::uint8_t first = at(bytes, 0);
    bytes.remove_prefix(1);
    if (first < kLongLength) return std::size_t{first};
    const std::size_t digits = first & 0x7fU;
    if (digits == 0 || digits > kMaxLengthBytes) return bad("a length is open or beyond 32 bits");
    if (bytes.size() < digits) return bad("a length is cut");
    std::size_t size = 0;
    for (std::size_t i = 0; i < digits; ++i) size = size << 8U | at(bytes, i);
    if (at(bytes, 0) == 0 || size < kLongLength) return bad("a length is not in its shortest form");
    bytes.remove_prefix(digits);
    return size;
  }

  std::size_t values_ = 0;
};

}  // namespace

namespace {

/// The value at the front of text that was found right.
DerValue first_of(std::string_view text) {
  const std::size_t first = at(text, 1);
  const std::size_t digits = first < kLongLength ? 0 : first & 0x7fU;
  std::size_t size = digits == 0 ? first : 0;
  for (std::size_t i = 0; i < digits; ++i) size = size << 8U | at(text, 2 + i);
  return {at(text, 0), text.substr(0, 2 + digits + size), text.substr(2 + digits, size)};
}

}  // namespace

DerValue der_root(std::string_view bytes) { return first_of(bytes); }

std::vector<DerValue> der_values(const DerValue& of) {
  std::vector<DerValue> out;
  if ((of.tag & kConstructed) == 0) return out;
  for (std::string_view rest = of.content; !rest.empty(); rest.remove_prefix(out.back().whole.size())) {
    out.push_back(first_of(rest));
  }
  return out;
}

Result<void> check_der(std::string_view bytes) {
  GAVAH_TRY(Reader().take(bytes, 0));
  return bytes.empty() ? Result<void>() : bad("something follows");
}

}  // namespace gavah::proof
