#pragma once

#include <cstdint>
#include <string_view>

namespace gavah::link {

/// How long one act lasts: some are over within the day, some go on for days ("a strike of ten days").
enum class ActSpan { moment, stretch };

/// Where an act happens: at a spot, or over an area, so that a facility named beside it is not its place.
enum class ActGround { spot, area };

/// What linking must know of an act of the codebook.
struct ActRule {
  std::string_view act;
  std::string_view side;    ///< "protest", "state", "other", "unknown"
  std::string_view family;  ///< acts of one family may be two names for one event ("gathering", "march")
  ActSpan span = ActSpan::moment;
  ActGround ground = ActGround::spot;
};

/// The rule of `act`; an act outside the codebook is a family of its own, of unknown side. The views in the answer
/// live as long as `act`'s bytes.
ActRule rule_of(std::string_view act);

}  // namespace gavah::link
