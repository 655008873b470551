// compile_lexicon OUT DATA: the lexicons that are built in, from the folder of the data.
#include <cstdio>

#include "base/disk.h"
#include "code/code.h"

namespace {

gavah::Result<void> run(const std::string& out, const std::string& folder) {
  gavah::RealDisk disk;
  std::vector<std::string> texts;
  for (const auto name : gavah::code::CoderData::names()) {
    GAVAH_ASSIGN(texts.emplace_back(), disk.read(gavah::join_path(folder, name)));
  }
  gavah::code::CoderData data;
  for (std::size_t i = 0; i < texts.size(); ++i) data.files.push_back({gavah::code::CoderData::names()[i], texts[i]});
  GAVAH_ASSIGN(const std::string compiled, gavah::code::compiled_lexicon(data));
  return disk.replace(out, compiled);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto done = run(argv[1], argv[2]);
  if (!done) std::fputs((done.error().sentence() + "\n").c_str(), stderr);
  return done ? 0 : 3;
}
