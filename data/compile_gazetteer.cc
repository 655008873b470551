// compile_gazetteer OUT DUMP...: the gazetteer that is built in, from its dumps; of two rows with one id the first
// counts.
#include <cstdio>

#include "base/disk.h"
#include "place/place.h"

namespace {

gavah::Result<void> run(const std::string& out, const std::vector<std::string>& files) {
  gavah::RealDisk disk;
  std::vector<std::string> dumps;
  for (const std::string& file : files) {
    GAVAH_ASSIGN(dumps.emplace_back(), disk.read(file));
  }
  const std::vector<std::string_view> views(dumps.begin(), dumps.end());
  GAVAH_ASSIGN(const std::string compiled, gavah::place::Gazetteer::compile(views));
  return disk.replace(out, compiled);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) return 2;
  const auto done = run(arguments[0], {arguments.begin() + 1, arguments.end()});
  if (!done) std::fputs((done.error().sentence() + "\n").c_str(), stderr);
  return done ? 0 : 3;
}
