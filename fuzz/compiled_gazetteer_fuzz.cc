// rooms: place text model base
// A compiled gazetteer of any bytes, whose digest is made to fit: opened, asked for all it has, and used on a text.
#include <memory>
#include <string>

#include "base/check.h"
#include "base/digest.h"
#include "place/place.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace gavah;
  constexpr std::size_t kDigestAt = 8;
  constexpr std::size_t kDigestedFrom = 40;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (size >= kDigestedFrom) {
    bytes.replace(kDigestAt, sizeof(Digest), sha256(std::string_view(bytes).substr(kDigestedFrom)).view());
  }
  auto opened = place::Gazetteer::open(SharedBytes::of(bytes));
  if (!opened) return 0;
  const auto gazetteer = std::make_shared<const place::Gazetteer>(*std::move(opened));
  for (place::EntryNumber i = 0; i < gazetteer->size(); ++i) {
    const place::Entry entry = gazetteer->entry(i);
    (void)gazetteer->find(entry.id);
    (void)gazetteer->named(entry.name);
    (void)gazetteer->place(i);
  }
  const auto resolver = place::Resolver::build(gazetteer);
  GAVAH_CHECK(resolver.has_value());
  const text::Reading reading("In Torsabad, Torsa Province; near Varn. در ترساباد و استان ترسا");
  std::uint32_t past = 0;
  for (const Place& place : resolver->resolve(reading, {"ZX"})) {
    GAVAH_CHECK(place.span && place.span->begin >= past && place.span->end <= reading.text().size());
    past = place.span->begin;
  }
  return 0;
}
