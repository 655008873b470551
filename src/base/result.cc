#include "base/result.h"

#include <ranges>

namespace gavah {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return "invalid input";
    case ErrorCode::not_found:
      return "not found";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::fatal:
      return "fatal";
  }
  return "unknown";
}

std::string Error::sentence() const {
  std::string out;
  for (const auto& step : std::views::reverse(context)) {
    out += step;
    out += ": ";
  }
  return out + message;
}

}  // namespace gavah
