#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gavah {

/// What the caller should do about a failure. The command line maps these to exit statuses.
enum class ErrorCode {
  invalid_input,  ///< bytes from outside are not what they should be: set the item aside, go on
  not_found,      ///< the thing named does not exist
  corrupt,        ///< our own stored bytes changed: report the item, trust nothing derived from it
  unavailable,    ///< disk full, permission, network: the same call may succeed later
  refused,        ///< a rule forbids it (behind a signed head, a dead register entry): change the request
  fatal,          ///< the log doubts itself: stop writing and signing
};

std::string_view name_of(ErrorCode code);

/// A failure: a closed code, one sentence for a person, and what was being attempted on what, innermost first.
struct Error {
  ErrorCode code = ErrorCode::invalid_input;
  std::string message;
  std::vector<std::string> context;

  /// "reading tile 3/017: opening x: no such file", outermost attempt first.
  std::string sentence() const;
};

/// A value or an Error; must be looked at.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
};

template <>
class [[nodiscard]] Result<void> : public std::expected<void, Error> {
 public:
  using std::expected<void, Error>::expected;
};

inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected<Error>(Error{code, std::move(message), {}});
}

/// The error of `result` with one more line of context; `result` must hold an error.
template <class T>
std::unexpected<Error> fail_with(Result<T>&& result, std::string attempted) {
  Error error = std::move(result).error();
  if (!attempted.empty()) error.context.push_back(std::move(attempted));
  return std::unexpected<Error>(std::move(error));
}

}  // namespace gavah

#define GAVAH_JOIN_INNER(a, b) a##b
#define GAVAH_JOIN(a, b) GAVAH_JOIN_INNER(a, b)

/// Returns from the enclosing function with the error of `expression`, if it has one.
#define GAVAH_TRY(expression) GAVAH_TRY_IMPL(GAVAH_JOIN(gavah_tried_, __COUNTER__), expression, {})

/// GAVAH_TRY that says what was being attempted.
#define GAVAH_TRY_AS(expression, attempted) GAVAH_TRY_IMPL(GAVAH_JOIN(gavah_tried_, __COUNTER__), expression, attempted)

#define GAVAH_TRY_IMPL(result, expression, attempted)                     \
  do {                                                                    \
    auto result = (expression);                                           \
    if (!result) return ::gavah::fail_with(std::move(result), attempted); \
  } while (false)

/// GAVAH_ASSIGN(auto x, f()): declares or assigns x from f(), or returns f()'s error.
#define GAVAH_ASSIGN(target, expression) \
  GAVAH_ASSIGN_IMPL(GAVAH_JOIN(gavah_result_, __COUNTER__), target, expression, {})
#define GAVAH_ASSIGN_AS(target, expression, attempted) \
  GAVAH_ASSIGN_IMPL(GAVAH_JOIN(gavah_result_, __COUNTER__), target, expression, attempted)
#define GAVAH_ASSIGN_IMPL(result, target, expression, attempted)        \
  auto result = (expression);                                           \
  if (!result) return ::gavah::fail_with(std::move(result), attempted); \
  target = *std::move(result)
