#pragma once

#include <string_view>

#include "capture/intake.h"

namespace gavah::capture {

/// Whether ReadOptions::before_record passes over the `what` ("member", "post") at `where` of the document, which is
/// about to be read; then it is told as a problem and in the hint "incomplete".
Result<bool> is_passed_over(std::string_view what, std::string_view where, const Document& document, Intake& intake);

}  // namespace gavah::capture
