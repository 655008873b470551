// rooms: case verify publish proof model base
// Bytes that claim to be an excerpt: what is accepted is spelled exactly as it was read, and only the excerpt itself
// verifies.
#include <string_view>

#include "base/check.h"
#include "small_case.h"

namespace {

using namespace gavah;

struct Base {
  tests::SmallCase small = tests::make_small_case();
  std::vector<std::string> good;
  Base() {
    MemoryDisk disk;
    GAVAH_CHECK(small.write(disk, "edition").has_value());
    for (const proof::Rule& rule : small.rules) {
      good.push_back(publish::make_excerpt(disk, "edition", {.entry = {}, .total = rule.name})->text());
    }
    for (const proof::SealedEntry& sealed : small.log) {
      const auto made = publish::make_excerpt(disk, "edition", {.entry = sealed.index, .total = {}});
      if (made) good.push_back(made->text());
    }
  }
};

}  // namespace

/// The first byte chooses a good excerpt, the next four where in it the rest is written over what stands there; 0xff
/// first: the rest is the whole file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Base base;
  if (size < 6) return 0;
  const std::string rest(reinterpret_cast<const char*>(data + 5), size - 5);
  std::string bytes = rest;
  std::string original;
  if (data[0] != 0xff) {
    original = bytes = base.good[data[0] % base.good.size()];
    const std::size_t at =
        (std::size_t{data[1]} << 24U | std::size_t{data[2]} << 16U | std::size_t{data[3]} << 8U | data[4]) %
        bytes.size();
    bytes.replace(at, std::min(rest.size(), bytes.size() - at), rest);
  }
  if (const auto read = proof::Excerpt::parse(bytes)) GAVAH_CHECK(read->text() == bytes);
  const auto verdict = verify::verify_excerpt(bytes, base.small.pin());
  // Fewer opened claims are an excerpt too; with the lines written over, that takes as many bytes: not reached.
  GAVAH_CHECK(bytes == original || verdict.outcome == verify::Outcome::failed);
  return 0;
}
