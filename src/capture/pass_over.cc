#include "capture/pass_over.h"

#include "base/format.h"

namespace gavah::capture {

Result<bool> is_passed_over(std::string_view what, std::string_view where, const Document& document, Intake& intake) {
  const auto& before_record = intake.options().before_record;
  if (!before_record) return false;
  GAVAH_ASSIGN(const bool is_wanted, before_record());
  if (is_wanted) return false;
  std::string place = inner_path(document.path, where);
  intake.add_hint("incomplete", format("{} {}: passed over, its reader broke down", what, place));
  intake.add_problem(what, std::move(place), "its reader broke down over it: it was passed over");
  return true;
}

}  // namespace gavah::capture
