#include "media/heif_facts.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/format.h"
#include "media/exif.h"
#include "media/xmp.h"

namespace gavah::media {
namespace {

constexpr std::uint32_t kMaxBoxes = 10'000;       // a picture of many tiles has some hundreds
constexpr std::uint32_t kMaxItems = 10'000;       // tiles are items
constexpr std::uint32_t kMaxExtents = 100;        // pieces of one item; a camera writes one
constexpr std::size_t kMaxItemBytes = 1U << 20U;  // of EXIF or XMP

/// Numbers, the highest byte first, one after another; zeros behind the end.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}
  std::uint64_t number(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return 0;
    }
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < size; ++i) out = out << 8U | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    return out;
  }
  std::string_view bytes(std::size_t size) {
    const std::string_view out = rest_.substr(0, size);
    ok_ = ok_ && out.size() == size;
    rest_.remove_prefix(out.size());
    return out;
  }
  /// Up to the next zero.
  std::string_view word() {
    const std::string_view out = rest_.substr(0, rest_.find('\0'));
    rest_.remove_prefix(std::min(out.size() + 1, rest_.size()));
    return out;
  }
  std::string_view rest() const { return rest_; }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

struct Item {
  bool is_exif = false;
  bool is_xmp = false;
};
struct Place {
  bool in_data_box = false;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> extents;  // begin and size
};

class HeifReader {
 public:
  explicit HeifReader(std::string_view bytes) : bytes_(bytes) {}

  Facts read() {
    each_box(bytes_, [&](std::string_view type, std::string_view body) {
      if (type == "meta" && body.size() > 4) read_meta(body.substr(4));
    });
    for (const auto& [id, item] : items_) {
      const std::string found = bytes_of(id);
      Cursor in(found);
      if (item.is_exif) {
        const std::uint64_t skip = in.number(4);  // ISO 23008-12, A.2.1: how far the TIFF structure is from here
        if (in.ok() && skip < in.rest().size()) add_exif(in.rest().substr(static_cast<std::size_t>(skip)), out_);
      }
      if (item.is_xmp) add_xmp(found, out_);
    }
    if (pixels_ > 0) {
      out_["width"] = format("{}", width_);
      out_["height"] = format("{}", height_);
    }
    return std::move(out_);
  }

 private:
  template <class Take>
  void each_box(std::string_view bytes, Take take) {
    while (bytes.size() >= 8 && ++boxes_ < kMaxBoxes) {
      Cursor in(bytes);
      std::uint64_t size = in.number(4);
      const std::string_view type = in.bytes(4);
      if (size == 1) size = in.number(8);
      const std::size_t head = bytes.size() - in.rest().size();
      if (size == 0) size = bytes.size();
      if (!in.ok() || size < head || size > bytes.size()) return;
      take(type, bytes.substr(head, static_cast<std::size_t>(size) - head));
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
  }

  void read_meta(std::string_view body) {
    each_box(body, [&](std::string_view type, std::string_view inner) {
      if (type == "iinf") read_items(inner);
      if (type == "iloc") read_places(inner);
      if (type == "idat") data_ = inner;
      if (type == "iprp") {
        each_box(inner, [&](std::string_view kind, std::string_view properties) {
          if (kind == "ipco") read_properties(properties);
        });
      }
    });
  }

  void read_properties(std::string_view body) {
    each_box(body, [&](std::string_view type, std::string_view inner) {
      if (type != "ispe") return;
      Cursor in(inner);
      in.number(4);
      const std::uint64_t width = in.number(4);
      const std::uint64_t height = in.number(4);
      if (!in.ok() || width * height <= pixels_) return;
      pixels_ = width * height;
      width_ = width;
      height_ = height;
    });
  }

  void read_items(std::string_view body) {
    Cursor in(body);
    const std::uint64_t version = in.number(1);
    in.number(3);
    in.number(version == 0 ? 2 : 4);
    each_box(in.rest(), [&](std::string_view type, std::string_view inner) {
      if (type != "infe" || items_.size() >= kMaxItems) return;
      Cursor entry(inner);
      const std::uint64_t form = entry.number(1);
      entry.number(3);
      if (form < 2) return;
      const std::uint64_t id = entry.number(form == 2 ? 2 : 4);
      entry.number(2);
      const std::string_view kind = entry.bytes(4);
      entry.word();
      const bool is_xmp = kind == "mime" && entry.word() == "application/rdf+xml";
      if (entry.ok() && (is_xmp || kind == "Exif")) items_[id] = {kind == "Exif", is_xmp};
    });
  }

  /// ISO 14496-12, 8.11.3.
  void read_places(std::string_view body) {
    Cursor in(body);
    const std::uint64_t version = in.number(1);
    in.number(3);
    const std::uint64_t sizes = in.number(2);
    const std::size_t offset_bytes = sizes >> 12U & 0xFU;
    const std::size_t length_bytes = sizes >> 8U & 0xFU;
    const std::size_t base_bytes = sizes >> 4U & 0xFU;
    const std::size_t index_bytes = version == 0 ? 0 : sizes & 0xFU;
    if (std::max({offset_bytes, length_bytes, base_bytes, index_bytes}) > 8) return;
    const std::uint64_t count = std::min<std::uint64_t>(in.number(version < 2 ? 2 : 4), kMaxItems);
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
      const std::uint64_t id = in.number(version < 2 ? 2 : 4);
      const std::uint64_t method = version == 0 ? 0 : in.number(2) & 0xFU;
      in.number(2);  // where the data is: 0, this file; others are passed over by what lies there
      const std::uint64_t base = in.number(base_bytes);
      const std::uint64_t extents = in.number(2);
      if (extents > kMaxExtents) return;
      Place place{method == 1, {}};
      for (std::uint64_t e = 0; e < extents; ++e) {
        in.number(index_bytes);
        const std::uint64_t begin = base + in.number(offset_bytes);
        const std::uint64_t size = in.number(length_bytes);
        place.extents.emplace_back(begin, size);
      }
      if (in.ok() && method <= 1) places_[id] = std::move(place);
    }
  }

  std::string bytes_of(std::uint64_t id) const {
    const auto found = places_.find(id);
    if (found == places_.end()) return {};
    const std::string_view from = found->second.in_data_box ? data_ : bytes_;
    std::string out;
    for (const auto& [begin, size] : found->second.extents) {
      if (begin > from.size() || size > from.size() - begin || size > kMaxItemBytes - out.size()) return {};
      out += from.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
    }
    return out;
  }

  std::string_view bytes_;
  std::string_view data_;
  Facts out_;
  std::map<std::uint64_t, Item> items_;
  std::map<std::uint64_t, Place> places_;
  std::uint64_t pixels_ = 0;
  std::uint64_t width_ = 0;
  std::uint64_t height_ = 0;
  std::uint32_t boxes_ = 0;
};

}  // namespace

Facts heif_facts(std::string_view bytes) {
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return {};
  return HeifReader(bytes).read();
}

}  // namespace gavah::media
