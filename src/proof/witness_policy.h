#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/cosignature.h"
#include "proof/note.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxWitnessPolicyBytes = 1U << 20;  ///< a policy is a page of text
inline constexpr std::size_t kMaxWitnessPolicyNames =
    1'000;  ///< logs, witnesses, groups, each; the standard asks for 32

/// Whose cosignatures make a head believed (C2SP tlog-policy). Lines end with a newline; words are parted by spaces and
/// tabs; empty lines and lines whose first word begins with # are skipped:
///     log VKEY [URL]
///     witness NAME VKEY [URL]
///     group NAME all|any|K MEMBER...
///     quorum NAME|none                  exactly one; NAME stands on a line before
/// Names are octets without meaning outside of the file; witnesses and groups share one name space; a name is a member
/// of one group at most, so that a witness counts in one way only. Two logs (two witnesses) with the same public key
/// are refused, whatever their names.
struct WitnessPolicy {
  struct Log {
    Verifier key;  ///< its name is the log's origin
    std::string url;
  };
  struct Witness {
    std::string name;
    WitnessKey key;
    std::string url;  ///< submission prefix of tlog-witness, empty for none
  };
  struct Group {
    std::string name;
    std::size_t threshold = 1;  ///< 1 to the number of members
    std::vector<std::string> members;
  };
  std::vector<Log> logs;
  std::vector<Witness> witnesses;
  std::vector<Group> groups;  ///< members stand before the groups they are in
  std::string quorum;         ///< a name, or "none"

  /// invalid_input names the line.
  static Result<WitnessPolicy> parse(std::string_view text);
  /// One spelling: logs, witnesses, groups, quorum; thresholds in digits.
  std::string text() const;

  /// The witnesses' keys, in their order.
  std::vector<WitnessKey> keys() const;
  /// False for "quorum none": then nobody outside has to have seen the head.
  bool needs_witness() const { return quorum != "none"; }
  /// Whether the witnesses at the true places of `have_signed` (one for each witness, in their order) are a quorum.
  bool is_met(const std::vector<bool>& have_signed) const;
};

}  // namespace gavah::proof
