#include "base/process.h"

#include <unistd.h>

#include "base/disk.h"
#include "base/real_file.h"

namespace gavah {
namespace {

constexpr std::size_t kMaxCommandBytes = 256;  ///< two words are shorter

}  // namespace

std::int64_t process_number() { return ::getpid(); }

std::string process_command() {
  const auto file = open_real_file("/proc/self/cmdline", OpenMode::read);
  if (!file) return {};
  std::string words(kMaxCommandBytes, '\0');
  const auto got = (*file)->read(0, words);
  if (!got) return {};
  words.resize(*got);
  std::string out(base_name(words.substr(0, words.find('\0'))));
  const auto second = words.find('\0');
  if (second == std::string::npos || second + 1 >= words.size()) return out;
  const std::string word = words.substr(second + 1, words.find('\0', second + 1) - second - 1);
  return word.empty() ? out : out + " " + word;
}

}  // namespace gavah
