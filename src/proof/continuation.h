#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/checkpoint.h"
#include "proof/note.h"

namespace gavah::proof {

inline constexpr std::string_view kContinuationFirstLine = "gavah/0 continues";
inline constexpr std::size_t kMaxOldKeys = 100;                  ///< of a log that is continued: a change of key a year
inline constexpr std::size_t kMaxContinuationBytes = 2'000'100;  ///< two notes

/// That a log begins where another one was cut off: the file that its first leaf, a `key` leaf, binds. A note signed by
/// the new log's key and by a key of the old log, an empty line, and the old log's signed head. The note's text:
///     gavah/0 continues
///     origin ORIGIN         this log's name
///     key VKEY              its first key
///     taken COUNT           so many leaves of the old log stand here, each at its place; the first is this leaf
///     head SIZE BASE64      the largest head of the old log that is known, as the second note has it
///     old VKEY              keys of the old log, oldest first, one a line, at most kMaxOldKeys
/// What it proves: whoever held a key of the old log wrote this log's beginning, and knew of that head. It does not
/// prove that the leaves taken over are the same, nor that there is no later head.
struct Continuation {
  std::string origin;
  Verifier key;  ///< its name is the origin
  std::uint64_t taken = 0;
  Checkpoint head;  ///< of the old log; its origin is the name of every old key and not `origin`
  std::vector<Verifier> old_keys;
  std::string head_note;

  /// Leaves of that head that this log lacks.
  std::uint64_t lost() const { return head.size > taken ? head.size - taken : 0; }
  /// The text of the first note.
  std::string text() const;
  /// The file. `head_note` must be signed by one of `old_keys` and give `head`, else refused.
  Result<std::string> sign(const Signer& old_signer, const Signer& new_signer) const;
  /// Checks all of it, strictly. invalid_input says what does not hold.
  static Result<Continuation> open(std::string_view file);
};

}  // namespace gavah::proof
