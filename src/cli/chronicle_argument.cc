#include "cli/chronicle_argument.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/format.h"

namespace gavah::cli {

Result<std::unique_ptr<pipeline::Chronicle>> open_chronicle(pipeline::World& world, const std::string& directory,
                                                            pipeline::Access access) {
  return open_chronicle(world, {.directory = directory, .access = access, .ask_passphrase = [&] {
                                  return ask_passphrase("Passphrase for " + directory);
                                }});
}

Result<std::unique_ptr<pipeline::Chronicle>> open_chronicle(pipeline::World& world,
                                                            const pipeline::OpenOptions& options) {
  GAVAH_ASSIGN_AS(auto chronicle, pipeline::Chronicle::open(world, options), format("opening {}", options.directory));
  if (chronicle->protection() == pipeline::Protection::unprotected) {
    complain("this chronicle has no passphrase: whoever has the directory can read all of it");
  }
  return chronicle;
}

void declare_unconfined(Arguments& arguments, bool& unconfined) {
  arguments.flag("--unconfined", unconfined,
                 "read files in this process, without protection, where the system cannot confine a reader");
}

void complain_of(const std::vector<pipeline::SetAside>& items, std::string_view what) {
  constexpr std::size_t kShown = 20;  // lines; the quarantine and `gavah status` have the rest
  for (std::size_t i = 0; i < items.size() && i < kShown; ++i) {
    complain(format("{}: {}: {}", what, items[i].name, items[i].reason));
  }
  if (items.size() > kShown) complain(format("{}: and {} more", what, items.size() - kShown));
}

namespace {

using Ticks = std::chrono::steady_clock;

/// "21 s", "3 min", "2 h".
std::string length_of(double seconds) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  if (seconds < 2 * kMinute) return format("{:.0f} s", seconds);
  if (seconds < 2 * kHour) return format("{:.0f} min", seconds / kMinute);
  return format("{:.0f} h", seconds / kHour);
}

/// What a stage has done since it began.
class StageClock {
 public:
  /// The line to show; nothing when one was shown a moment ago.
  std::optional<std::string> line(std::string_view stage, std::uint64_t done, std::uint64_t total) {
    constexpr auto kBetween = std::chrono::milliseconds(100);
    const auto now = Ticks::now();
    if (stage != stage_) {
      stage_ = stage;
      begin_ = now;
      first_ = done;
    } else if (now - shown_ < kBetween) {
      return std::nullopt;
    }
    shown_ = now;
    if (total == 0) return format("{} {}", stage, done);
    const bool is_bytes = stage == "adding";
    constexpr double kMega = 1e6;
    std::string out = is_bytes ? format("{} {:.0f} of {:.0f} MB", stage, static_cast<double>(done) / kMega,
                                        static_cast<double>(total) / kMega)
                               : format("{} {} of {}", stage, done, total);
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double rate = seconds > 1 ? static_cast<double>(done - std::min(done, first_)) / seconds : 0;
    if (rate <= 0) return out;
    out += is_bytes ? format(", {:.1f} MB/s", rate / kMega) : format(", {:.0f} a second", rate);
    return out + format(", {} left", length_of(static_cast<double>(total - std::min(total, done)) / rate));
  }

 private:
  std::string stage_;
  Ticks::time_point begin_;
  Ticks::time_point shown_;
  std::uint64_t first_ = 0;
};

}  // namespace

pipeline::Progress progress_line() {
  return [clock = std::make_shared<StageClock>()](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    if (const auto line = clock->line(stage, done, total)) show_progress(*line);
  };
}

}  // namespace gavah::cli
