#include "media/still_facts.h"

#include <array>

#include "base/format.h"
#include "media/exif.h"
#include "media/xmp.h"

namespace gavah::media {
namespace {

constexpr std::uint32_t kMaxPieces = 20'000;  // segments or chunks before the pixels; pictures have some dozens

std::uint64_t big(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  if (at > bytes.size() || size > bytes.size() - at) return 0;
  for (std::size_t i = 0; i < size; ++i) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  if (at > bytes.size() || size > bytes.size() - at) return 0;
  for (std::size_t i = size; i > 0; --i) out = out << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  return out;
}

void put_size(std::uint64_t width, std::uint64_t height, Facts& out) {
  if (width == 0 || height == 0) return;
  out["width"] = format("{}", width);
  out["height"] = format("{}", height);
}

/// Words of the IPTC record that newsrooms write (IIM 4.2, record 2), in an image resource of Photoshop.
void add_iptc(std::string_view resources, Facts& out) {
  constexpr std::array<std::pair<int, std::string_view>, 4> kSets{
      {{80, "author"}, {105, "title"}, {110, "credit"}, {120, "caption"}}};
  std::size_t at = resources.find("8BIM\x04\x04");
  if (at == std::string_view::npos) return;
  at += 6;
  at += (big(resources, at, 1) + 2) / 2 * 2;  // a name, padded to an even number of bytes
  std::string_view sets = resources.substr(std::min(at + 4, resources.size()));
  sets = sets.substr(0, big(resources, at, 4));
  while (sets.size() >= 5 && sets[0] == '\x1C') {
    const std::size_t size = big(sets, 3, 2);
    if (size > sets.size() - 5) return;
    for (const auto& [set, fact] : kSets) {
      if (sets[1] == 2 && sets[2] == set) out.try_emplace(std::string(fact), sets.substr(5, size));
    }
    sets.remove_prefix(5 + size);
  }
}

void add_segment(std::uint8_t marker, std::string_view body, Facts& out) {
  constexpr std::string_view kExif("Exif\0\0", 6);
  constexpr std::string_view kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
  constexpr std::uint8_t kFirstFrame = 0xC0;
  constexpr std::uint8_t kLastFrame = 0xCF;
  if (marker == 0xE1 && body.starts_with(kExif)) add_exif(body.substr(kExif.size()), out);
  if (marker == 0xE1 && body.starts_with(kXmp)) add_xmp(body.substr(kXmp.size()), out);
  if (marker == 0xED && body.starts_with("Photoshop 3.0")) add_iptc(body, out);
  const bool is_table = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
  if (marker >= kFirstFrame && marker <= kLastFrame && !is_table) put_size(big(body, 3, 2), big(body, 1, 2), out);
}

/// ITU-T T.81, annex B: segments until the first scan.
void read_jpeg(std::string_view bytes, Facts& out) {
  std::size_t at = 2;
  for (std::uint32_t i = 0; i < kMaxPieces && at + 4 <= bytes.size() && bytes[at] == '\xFF'; ++i) {
    const auto marker = static_cast<std::uint8_t>(bytes[at + 1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) return;
    const std::size_t size = big(bytes, at + 2, 2);
    if (size < 2 || size > bytes.size() - at - 2) return;
    add_segment(marker, bytes.substr(at + 4, size - 2), out);
    at += 2 + size;
  }
}

/// PNG (ISO 15948): chunks, of which XMP is an iTXt and EXIF an eXIf.
void read_png(std::string_view bytes, Facts& out) {
  std::size_t at = 8;
  for (std::uint32_t i = 0; i < kMaxPieces && at + 12 <= bytes.size(); ++i) {
    const std::size_t size = big(bytes, at, 4);
    if (size > bytes.size() - at - 12) return;
    const std::string_view type = bytes.substr(at + 4, 4);
    const std::string_view body = bytes.substr(at + 8, size);
    if (type == "IHDR") put_size(big(body, 0, 4), big(body, 4, 4), out);
    if (type == "eXIf") add_exif(body, out);
    if (type == "iTXt" && body.starts_with("XML:com.adobe.xmp")) add_xmp(body, out);
    if (type == "IEND") return;
    at += 12 + size;
  }
}

/// WebP: RIFF chunks.
void read_webp(std::string_view bytes, Facts& out) {
  constexpr std::uint64_t kMask = 0x3FFF;  // 14 bits of width and height
  std::size_t at = 12;
  for (std::uint32_t i = 0; i < kMaxPieces && at + 8 <= bytes.size(); ++i) {
    const std::size_t size = little(bytes, at + 4, 4);
    if (size > bytes.size() - at - 8) return;
    const std::string_view type = bytes.substr(at, 4);
    const std::string_view body = bytes.substr(at + 8, size);
    if (type == "VP8X") put_size(little(body, 4, 3) + 1, little(body, 7, 3) + 1, out);
    if (type == "VP8 " && !out.contains("width")) put_size(little(body, 6, 2) & kMask, little(body, 8, 2) & kMask, out);
    if (type == "VP8L" && !out.contains("width")) {
      const std::uint64_t bits = little(body, 1, 4);
      put_size((bits & kMask) + 1, (bits >> 14U & kMask) + 1, out);
    }
    if (type == "EXIF")
      add_exif(body.starts_with("Exif") ? body.substr(std::min<std::size_t>(6, body.size())) : body, out);
    if (type == "XMP ") add_xmp(body, out);
    at += 8 + size + size % 2;
  }
}

}  // namespace

Facts still_facts(std::string_view bytes) {
  Facts out;
  if (bytes.starts_with("\xFF\xD8")) {
    read_jpeg(bytes, out);
  } else if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    read_png(bytes, out);
  } else if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8).starts_with("WEBP")) {
    read_webp(bytes, out);
  } else {
    add_exif(bytes, out);
  }
  return out;
}

}  // namespace gavah::media
