#include "pipeline/world.h"

#include <charconv>
#include <cstdlib>

#include "pipeline/parser.h"

namespace gavah::pipeline {

SystemWorld::SystemWorld()
    : clock_(std::make_unique<SystemClock>()),
      workers_(fail(ErrorCode::refused, "nothing was prepared to read files from outside in")) {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr) return;
  const std::string_view text(epoch);
  std::int64_t seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size())
    clock_ = std::make_unique<FixedClock>(Instant{seconds});
}

std::string SystemWorld::state_directory() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0')
    return join_path(state, "gavah");
  const char* home = std::getenv("HOME");
  return join_path(home != nullptr ? home : ".", ".local/state/gavah");
}

void SystemWorld::start_workers() {
  workers_ = confine::Workers::start(parsing_tasks());
  if (!workers_) {
    workers_.error().message += "; --unconfined reads them without protection, in the process that holds the keys";
  }
}

void SystemWorld::forgo_workers() { workers_ = std::unique_ptr<confine::Workers>(); }

Result<confine::Workers*> SystemWorld::workers() {
  if (!workers_) return std::unexpected(workers_.error());
  return workers_->get();
}

}  // namespace gavah::pipeline
