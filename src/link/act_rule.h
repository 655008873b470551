#pragma once

#include <cstdint>
#include <string_view>

namespace gavah::link {

/// How long one act lasts: some are over within the day, some go on for days ("a strike of ten days").
enum class ActSpan { moment, stretch };

/// What linking must know of an act of the codebook.
struct ActRule {
  std::string_view act;
  std::string_view side;    ///< "protest", "state", "other", "unknown"
  std::string_view family;  ///< acts of one family may be two names for one event ("gathering", "march")
  ActSpan span = ActSpan::moment;
};

/// The rule of `act`; an act outside the codebook is a family of its own, of unknown side. The views in the answer
/// live as long as `act`'s bytes.
ActRule rule_of(std::string_view act);

}  // namespace gavah::link
