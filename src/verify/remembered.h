#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/proof.h"

namespace gavah::verify {

inline constexpr std::size_t kMaxRememberedHeads = 10'000;     ///< of all logs together: a file, not a database
inline constexpr std::size_t kMaxRememberedBytes = 64U << 20;  ///< refuses more before looking at it

/// What a reader has seen: the signed heads of logs, by origin, in a file of the reader's own. A line a head, canonical
/// JSON: {"type":"head","origin":TEXT,"size":N,"note":TEXT}, ascending by origin, size, note. Whoever gives the reader
/// a history that does not hold one of them is found out.
class RememberedHeads {
 public:
  /// An empty text is an empty memory. invalid_input names the line that is no such head.
  static Result<RememberedHeads> parse(std::string_view text);
  std::string text() const;
  /// Signed notes of that log, smallest first.
  std::vector<std::string> notes_of(std::string_view origin) const;
  /// Adds a signed note unless a head with that origin, size and root is there. invalid_input when it is no checkpoint,
  /// refused when the memory is full.
  Result<void> add(std::string_view note);

 private:
  struct Line {
    proof::Checkpoint head;
    std::string note;
  };
  std::vector<Line> lines_;
};

}  // namespace gavah::verify
