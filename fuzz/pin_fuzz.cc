// rooms: verify proof model base
#include "base/check.h"
#include "verify/verify.h"

/// A pin and a memory of heads mean the same when they are written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gavah::verify::Pin;
  using gavah::verify::RememberedHeads;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto pin = Pin::parse(bytes)) {
    const auto again = Pin::parse(pin->text());
    GAVAH_CHECK(again.has_value());
    GAVAH_CHECK(again->text() == pin->text());
  }
  if (const auto heads = RememberedHeads::parse(bytes)) {
    const auto again = RememberedHeads::parse(heads->text());
    GAVAH_CHECK(again.has_value());
    GAVAH_CHECK(again->text() == heads->text());
  }
  return 0;
}
