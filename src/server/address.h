#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace gavah::server {

/// The target of a request, taken apart: "/api/events?act=riot&q=a%20b".
struct Address {
  std::string path;                                             ///< percent-decoded
  std::vector<std::pair<std::string, std::string>> parameters;  ///< decoded, in order; '+' stays a plus

  /// The first parameter of that name, or empty.
  std::string_view parameter(std::string_view name) const;
  /// invalid_input when it is longer than kMaxTargetBytes, has more than kMaxParameters parameters, does not begin
  /// with '/', or has a broken escape, a zero byte or ill-formed UTF-8.
  static Result<Address> parse(std::string_view target);
};

inline constexpr std::size_t kMaxTargetBytes = 14U << 10;  ///< bytes: below the 16 KiB that a header may have
inline constexpr std::size_t kMaxParameters = 40;          ///< our own pages send at most 20

}  // namespace gavah::server
