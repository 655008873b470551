#include "cli/chronicle_argument.h"

#include "base/format.h"

namespace gavah::cli {

Result<std::unique_ptr<pipeline::Chronicle>> open_chronicle(pipeline::World& world, const std::string& directory,
                                                            pipeline::Access access) {
  GAVAH_ASSIGN_AS(auto chronicle,
                  pipeline::Chronicle::open(
                      world, {.directory = directory,
                              .access = access,
                              .ask_passphrase = [&] { return ask_passphrase("Passphrase for " + directory); }}),
                  format("opening {}", directory));
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

pipeline::Progress progress_line() {
  return [](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    show_progress(total > 0 ? format("{} {} of {}", stage, done, total) : format("{} {}", stage, done));
  };
}

}  // namespace gavah::cli
