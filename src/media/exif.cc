#include "media/exif.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "base/format.h"

namespace gavah::media {
namespace {

constexpr std::size_t kMaxEntries = 1000;    // of one directory; cameras write some sixty
constexpr std::size_t kMaxTextBytes = 4000;  // of one value
constexpr std::uint16_t kPhotoDirectory = 0x8769;
constexpr std::uint16_t kPlaceDirectory = 0x8825;

/// Numbers of a structure that says itself in which order their bytes stand.
class TiffBytes {
 public:
  explicit TiffBytes(std::string_view bytes) : bytes_(bytes), is_little_(bytes.starts_with("II")) {}

  bool is_tiff() const {
    const bool has_mark = bytes_.starts_with("II") || bytes_.starts_with("MM");
    return has_mark && bytes_.size() >= 8 && number(2, 2) == 42;
  }
  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return 0;
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < size; ++i) {
      out = out << 8U | static_cast<unsigned char>(bytes_[at + (is_little_ ? size - 1 - i : i)]);
    }
    return out;
  }
  std::string_view range(std::size_t at, std::size_t size) const {
    return at <= bytes_.size() && size <= bytes_.size() - at ? bytes_.substr(at, size) : std::string_view();
  }

 private:
  std::string_view bytes_;
  bool is_little_;
};

struct Entry {
  std::uint16_t tag = 0;
  std::uint16_t type = 0;
  std::uint32_t count = 0;
  std::size_t at = 0;  ///< of the value
};

class ExifReader {
 public:
  ExifReader(std::string_view bytes, Facts& out) : bytes_(bytes), out_(out) {}

  void read() {
    if (!bytes_.is_tiff()) return;
    std::uint32_t photo = 0;
    std::uint32_t place = 0;
    for (const Entry& entry : directory(bytes_.number(4, 4))) {
      if (entry.tag == kPhotoDirectory) photo = number(entry);
      if (entry.tag == kPlaceDirectory) place = number(entry);
      put_words(entry);
    }
    if (photo != 0) read_photo(directory(photo));
    if (place != 0) read_place(directory(place));
  }

 private:
  std::vector<Entry> directory(std::size_t at) const {
    constexpr std::size_t kEntryBytes = 12;
    std::vector<Entry> out;
    const std::size_t count = std::min<std::size_t>(bytes_.number(at, 2), kMaxEntries);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t begin = at + 2 + i * kEntryBytes;
      if (bytes_.range(begin, kEntryBytes).empty()) break;
      Entry entry{static_cast<std::uint16_t>(bytes_.number(begin, 2)),
                  static_cast<std::uint16_t>(bytes_.number(begin + 2, 2)), bytes_.number(begin + 4, 4), begin + 8};
      if (size_of(entry) > 4) entry.at = bytes_.number(begin + 8, 4);
      out.push_back(entry);
    }
    return out;
  }

  static std::uint64_t size_of(const Entry& entry) {
    constexpr std::array<std::uint64_t, 13> kTypeBytes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    return entry.type < kTypeBytes.size() ? kTypeBytes[entry.type] * entry.count : 0;
  }

  std::uint32_t number(const Entry& entry) const {
    constexpr std::uint16_t kShort = 3;
    return entry.count == 1 ? bytes_.number(entry.at, entry.type == kShort ? 2 : 4) : 0;
  }

  std::string text(const Entry& entry) const {
    constexpr std::uint16_t kAscii = 2;
    constexpr std::uint16_t kUtf8 = 129;  // EXIF 3.0
    if (entry.type != kAscii && entry.type != kUtf8) return {};
    const std::string_view out = bytes_.range(entry.at, std::min<std::size_t>(entry.count, kMaxTextBytes));
    return std::string(out.substr(0, out.find('\0')));
  }

  void put_words(const Entry& entry) {
    struct Word {
      std::uint16_t tag;
      std::string_view fact;
    };
    constexpr std::array kWords{Word{0x010E, "caption"},  Word{0x010F, "camera_make"}, Word{0x0110, "camera_model"},
                                Word{0x0131, "software"}, Word{0x013B, "author"},      Word{0x8298, "credit"}};
    for (const Word& word : kWords) {
      if (word.tag == entry.tag) put(word.fact, text(entry));
    }
  }

  void put(std::string_view fact, std::string value) {
    if (value.find_first_not_of(' ') != std::string::npos) out_.try_emplace(std::string(fact), std::move(value));
  }

  void read_photo(const std::vector<Entry>& entries) {
    // The moment of the exposure before that of the file, each with the zone that belongs to it.
    for (const auto& [time_tag, zone_tag] : {std::pair<int, int>{0x9003, 0x9011}, {0x9004, 0x9012}}) {
      std::string taken;
      std::string zone;
      for (const Entry& entry : entries) {
        if (entry.tag == time_tag) taken = iso_time(text(entry));
        if (entry.tag == zone_tag) zone = text(entry);
      }
      if (taken.empty()) continue;
      const bool has_zone = has_shape(zone, "+00:00") || has_shape(zone, "-00:00");
      out_["taken"] = taken;
      out_["taken_zone"] = has_zone ? zone.substr(0, 6) : "not stated";
      return;
    }
  }

  /// Degrees, minutes and seconds as millionths of a degree.
  std::optional<std::int64_t> degrees(const Entry& entry) const {
    constexpr std::uint16_t kRational = 5;
    if (entry.type != kRational || entry.count != 3) return std::nullopt;
    double out = 0;
    double unit = 1'000'000;
    for (std::size_t i = 0; i < 3; ++i, unit /= 60) {
      const std::uint32_t below = bytes_.number(entry.at + 8 * i + 4, 4);
      if (below == 0) return std::nullopt;
      out += unit * bytes_.number(entry.at + 8 * i, 4) / below;
    }
    constexpr double kMost = 180e6;
    if (out > kMost) return std::nullopt;
    return std::llround(out);
  }

  void read_place(const std::vector<Entry>& entries) {
    std::array<std::string, 5> sides;
    std::array<std::optional<std::int64_t>, 5> values;
    for (const Entry& entry : entries) {
      if (entry.tag == 1 || entry.tag == 3) sides[entry.tag] = text(entry);
      if (entry.tag == 2 || entry.tag == 4) values[entry.tag] = degrees(entry);
    }
    constexpr std::int64_t kPole = 90'000'000;
    if (!values[2] || !values[4] || *values[2] > kPole) return;
    const auto signed_text = [](std::int64_t value, bool is_negative) {
      return format("{}{}.{:06}", is_negative && value != 0 ? "-" : "", value / 1'000'000, value % 1'000'000);
    };
    out_["gps"] = signed_text(*values[2], sides[1] == "S") + "," + signed_text(*values[4], sides[3] == "W");
  }

  TiffBytes bytes_;
  Facts& out_;
};

}  // namespace

bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
  }
  return true;
}

std::string iso_time(std::string_view text) {
  if (!has_shape(text, "0000:00:00 00:00:00") || text.starts_with("0000")) return {};
  std::string out(text.substr(0, 19));
  out[4] = out[7] = '-';
  out[10] = 'T';
  return out;
}

void add_exif(std::string_view tiff, Facts& out) { ExifReader(tiff, out).read(); }

}  // namespace gavah::media
