// rooms: place text model base
// A gazetteer of any bytes, and names looked up in a text made of the same bytes.
#include <memory>
#include <string_view>

#include "base/check.h"
#include "place/place.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace gavah;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto loaded = place::Gazetteer::load(bytes);
  if (!loaded) return 0;
  const auto gazetteer = std::make_shared<const place::Gazetteer>(*std::move(loaded));
  for (place::EntryNumber i = 0; i < gazetteer->size(); ++i) {
    const place::Entry entry = gazetteer->entry(i);
    GAVAH_CHECK(gazetteer->find(entry.id) == i);
    (void)gazetteer->path(i);
  }
  const auto resolver = place::Resolver::build(gazetteer);
  GAVAH_CHECK(resolver.has_value());
  const text::Reading reading(bytes);
  std::uint32_t past = 0;
  for (const Place& place : resolver->resolve(reading, {"ZX"})) {
    GAVAH_CHECK(place.span && place.span->begin >= past && place.span->end <= bytes.size());
    past = place.span->begin;
    GAVAH_CHECK(place.precision <= PlacePrecision::district || !place.coordinates);
  }
  return 0;
}
