#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gavah::link {

/// A hash of what a picture's caption says, without numbers and names of months and weekdays, so that the same caption
/// under a new date is the same caption. Nothing when fewer than kCaptionWords words remain.
std::optional<std::uint64_t> caption_hash(std::string_view caption);

}  // namespace gavah::link
