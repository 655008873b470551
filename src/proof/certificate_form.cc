#include "proof/certificate_form.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/utf8.h"
#include "proof/der.h"

namespace gavah::proof {
namespace {

constexpr std::uint8_t kBoolean = 0x01;
constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kBits = 0x03;
constexpr std::uint8_t kOctets = 0x04;
constexpr std::uint8_t kOid = 0x06;
constexpr std::uint8_t kUtf8Text = 0x0c;
constexpr std::array<std::uint8_t, 4> kPlainTexts{0x12, 0x13, 0x14, 0x16};  // numeric, printable, T61, IA5
constexpr std::uint8_t kUtcTime = 0x17;
constexpr std::uint8_t kGeneralTime = 0x18;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t kVersion = 0xa0;
constexpr std::uint8_t kExtensions = 0xa3;

std::unexpected<Error> bad(const char* why) {
  return fail(ErrorCode::invalid_input, std::string("that is no X.509 certificate: ") + why);
}

using Values = std::vector<DerValue>;

/// Values taken one after the other by their tags.
class Taker {
 public:
  explicit Taker(const DerValue& of) : values_(der_values(of)) {}
  std::optional<DerValue> may(std::uint8_t tag) {
    if (at_ == values_.size() || values_[at_].tag != tag) return std::nullopt;
    return values_[at_++];
  }
  std::optional<DerValue> any() { return at_ == values_.size() ? std::nullopt : std::optional(values_[at_++]); }
  bool at_end() const { return at_ == values_.size(); }

 private:
  Values values_;
  std::size_t at_ = 0;
};

bool is_text(const DerValue& value) {
  if (value.tag == kUtf8Text) return is_utf8(value.content);
  return std::ranges::find(kPlainTexts, value.tag) != kPlainTexts.end();
}

bool is_name(const DerValue& name) {
  return std::ranges::all_of(der_values(name), [](const DerValue& set) {
    const Values parts = der_values(set);
    return set.tag == kSet && !parts.empty() && std::ranges::all_of(parts, [](const DerValue& part) {
             const Values pair = der_values(part);
             return part.tag == kSequence && pair.size() == 2 && pair[0].tag == kOid && is_text(pair[1]);
           });
  });
}

int number(std::string_view digits) { return std::stoi(std::string(digits)); }

bool is_time(const std::optional<DerValue>& value) {
  if (!value || (value->tag != kUtcTime && value->tag != kGeneralTime)) return false;
  const std::size_t year_digits = value->tag == kUtcTime ? 2 : 4;
  std::string_view text = value->content;
  if (text.size() != year_digits + 11 || text.back() != 'Z') return false;
  text.remove_suffix(1);
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return false;
  int year = number(text.substr(0, year_digits));
  if (value->tag == kUtcTime) year += year < 50 ? 2000 : 1900;
  text.remove_prefix(year_digits);
  const bool is_day = year > 0 && Day::make(year, number(text.substr(0, 2)), number(text.substr(2, 2))).has_value();
  return is_day && number(text.substr(4, 2)) < 24 && number(text.substr(6, 2)) < 60 && number(text.substr(8, 2)) < 60;
}

bool is_validity(const DerValue& value) {
  Taker in(value);
  const auto from = in.any();
  const auto until = in.any();
  return is_time(from) && is_time(until) && in.at_end();
}

bool is_algorithm(const DerValue& value) {
  const Values parts = der_values(value);
  return value.tag == kSequence && !parts.empty() && parts.size() <= 2 && parts[0].tag == kOid;
}

bool is_key(const DerValue& value) {
  const Values parts = der_values(value);
  return parts.size() == 2 && is_algorithm(parts[0]) && parts[1].tag == kBits && parts[1].content.front() == 0;
}

bool are_extensions(const DerValue& outer) {
  const Values lists = der_values(outer);
  if (lists.size() != 1 || lists[0].tag != kSequence || lists[0].content.empty()) return false;
  std::vector<std::string_view> seen;
  for (const DerValue& extension : der_values(lists[0])) {
    Taker in(extension);
    const auto name = in.may(kOid);
    in.may(kBoolean);
    const bool has_value = in.may(kOctets).has_value();
    if (extension.tag != kSequence || !name || !has_value || !in.at_end()) return false;
    if (std::ranges::find(seen, name->content) != seen.end()) return false;
    seen.push_back(name->content);
  }
  return true;
}

bool is_version(const DerValue& value) {
  const Values inside = der_values(value);
  return inside.size() == 1 && inside[0].tag == kInteger && inside[0].content.size() == 1 &&
         inside[0].content.front() >= 0 && inside[0].content.front() <= 2;
}

Result<void> check_body(const DerValue& body, const DerValue& algorithm) {
  Taker in(body);
  const auto version = in.may(kVersion);
  const bool has_serial = in.may(kInteger).has_value();
  const auto inner = in.may(kSequence);
  const auto issuer = in.may(kSequence);
  const auto validity = in.may(kSequence);
  const auto subject = in.may(kSequence);
  const auto key = in.may(kSequence);
  const auto extensions = in.may(kExtensions);
  if (!has_serial || !key || !in.at_end() || (version && !is_version(*version)))
    return bad("its body has another form");
  if (inner->whole != algorithm.whole) return bad("it names two algorithms of its signature");
  if (!is_name(*issuer) || !is_name(*subject)) return bad("a name has another form");
  if (!is_validity(*validity)) return bad("it does not say in UTC with seconds how long it is valid");
  if (!is_key(*key)) return bad("its key has another form");
  return extensions && !are_extensions(*extensions) ? bad("its extensions have another form, or one stands twice")
                                                    : Result<void>();
}

}  // namespace

Result<void> check_certificate_form(std::string_view der) {
  GAVAH_TRY_AS(check_der(der), "that is no X.509 certificate");
  const DerValue whole = der_root(der);
  const Values parts = der_values(whole);
  const bool has_parts = whole.tag == kSequence && parts.size() == 3 && parts[0].tag == kSequence &&
                         is_algorithm(parts[1]) && parts[2].tag == kBits && parts[2].content.front() == 0;
  return has_parts ? check_body(parts[0], parts[1]) : bad("it has not a body, an algorithm and a signature");
}

}  // namespace gavah::proof
