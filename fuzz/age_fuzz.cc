// rooms: age base
#include "age/age.h"
#include "base/check.h"

namespace {

class OwnedBytes final : public gavah::ByteSource {
 public:
  explicit OwnedBytes(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  gavah::Result<std::string> read(gavah::ByteRange range) const override {
    return gavah::MemorySource(bytes_).read(range);
  }

 private:
  std::string bytes_;
};

}  // namespace

/// A whole age file: header, then payload. Nothing that opens reads beyond its end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto identity = [] {
    gavah::SeededRandom random(1);
    return gavah::age::Identity::generate(random);
  }();
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const auto key = gavah::age::Identity::parse(file);
  if (key) GAVAH_CHECK(key->text() == file);
  const auto bytes = gavah::age::unarmored(file);
  if (bytes) GAVAH_CHECK(gavah::age::is_armored(file) && bytes->size() < size);
  const auto header = gavah::age::header_size(file);
  if (!header) return 0;
  GAVAH_CHECK(*header <= size);
  const auto opened = gavah::age::open(file.substr(0, *header), std::span(&identity, 1),
                                       std::make_unique<OwnedBytes>(file.substr(*header)));
  if (opened) GAVAH_CHECK((*opened)->size() <= size);
  return 0;
}
