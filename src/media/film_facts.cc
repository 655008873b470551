#include "media/film_facts.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

#include "base/format.h"
#include "base/instant.h"

namespace gavah::media {
namespace {

constexpr std::uint32_t kMaxBoxes = 10'000;  // a film has some dozens outside of its tables
constexpr std::uint32_t kMaxDepth = 6;       // moov, udta, meta, ilst, item, data
/// Seconds from 1904, where these clocks begin, to 1970.
constexpr std::uint64_t kEpoch1904 = 2'082'844'800;

std::uint64_t big(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  if (at > bytes.size() || size > bytes.size() - at) return 0;
  for (std::size_t i = 0; i < size; ++i) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

/// Reads boxes within boxes. A box whose length lies ends what holds it.
class FilmReader {
 public:
  Facts read(std::string_view bytes) {
    // What begins otherwise is no film, and is not searched for boxes.
    const std::string_view type = bytes.substr(std::min<std::size_t>(4, bytes.size()), 4);
    if (type != "ftyp" && type != "moov" && type != "wide" && type != "mdat" && type != "skip" && type != "free")
      return {};
    walk(bytes, 0);
    if (!saw_moov_) return {};
    if (out_.contains("taken")) out_["taken_zone"] = zone_;
    return std::move(out_);
  }

 private:
  void walk(std::string_view bytes, std::uint32_t depth) {
    while (bytes.size() >= 8 && ++boxes_ < kMaxBoxes) {
      std::uint64_t size = big(bytes, 0, 4);
      std::size_t head = 8;
      if (size == 1) {
        size = big(bytes, 8, 8);
        head = 16;
      }
      if (size == 0) size = bytes.size();
      if (size < head || size > bytes.size()) return;
      box(bytes.substr(4, 4), bytes.substr(head, static_cast<std::size_t>(size) - head), depth);
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
  }

  void box(std::string_view type, std::string_view body, std::uint32_t depth) {
    if (depth >= kMaxDepth) return;
    if (type == "moov") saw_moov_ = true;
    if (type == "moov" || type == "trak" || type == "udta" || type == "ilst") return walk(body, depth + 1);
    if (type == "meta")
      return walk(body.substr(big(body, 0, 4) == 0 ? std::min<std::size_t>(4, body.size()) : 0), depth + 1);
    if (type == "mvhd") return movie_header(body);
    if (type == "tkhd") return track_header(body);
    if (type == "keys") return read_keys(body);
    if (type == "loci") return;
    if (type.starts_with("\xA9")) return put(word_of(type.substr(1)), text_of(body));
    const std::uint64_t number = big(type, 0, 4);
    if (number > 0 && number <= keys_.size()) put(word_of(keys_[number - 1]), text_of(body));
  }

  void movie_header(std::string_view body) {
    const bool is_long = big(body, 0, 1) == 1;
    const std::uint64_t created = big(body, 4, is_long ? 8 : 4);
    const std::uint64_t scale = big(body, is_long ? 20 : 12, 4);
    const std::uint64_t duration = big(body, is_long ? 24 : 16, is_long ? 8 : 4);
    constexpr std::uint64_t kMaxDuration = 1ULL << 50U;
    if (scale > 0 && duration > 0 && duration < kMaxDuration)
      out_["duration_ms"] = format("{}", duration * 1000 / scale);
    constexpr std::uint64_t kLast = 253'402'300'799;
    if (created <= kEpoch1904 || created - kEpoch1904 > kLast || out_.contains("taken")) return;
    // ISO 14496-12 says UTC; cameras that write local time are not told apart.
    out_["taken"] = Instant{static_cast<std::int64_t>(created - kEpoch1904)}.text().substr(0, 19);
    zone_ = "UTC";
  }

  /// The largest picture counts: films carry small previews.
  void track_header(std::string_view body) {
    const std::size_t at = big(body, 0, 1) == 1 ? 88 : 76;
    const std::uint64_t width = big(body, at, 4) >> 16U;
    const std::uint64_t height = big(body, at + 4, 4) >> 16U;
    if (width * height <= pixels_) return;
    pixels_ = width * height;
    out_["width"] = format("{}", width);
    out_["height"] = format("{}", height);
  }

  /// QuickTime's names of the items that follow, counted from one.
  void read_keys(std::string_view body) {
    body.remove_prefix(std::min<std::size_t>(8, body.size()));
    constexpr std::size_t kMaxKeys = 200;
    while (body.size() >= 8 && keys_.size() < kMaxKeys) {
      const std::uint64_t size = big(body, 0, 4);
      if (size < 8 || size > body.size()) return;
      keys_.push_back(body.substr(8, static_cast<std::size_t>(size) - 8));
      body.remove_prefix(static_cast<std::size_t>(size));
    }
  }

  static std::string_view word_of(std::string_view key) {
    struct Word {
      std::string_view key;
      std::string_view fact;
    };
    constexpr std::string_view kApple = "com.apple.quicktime.";
    if (key.starts_with(kApple)) key.remove_prefix(kApple.size());
    constexpr std::array kWords{
        Word{"mak", "camera_make"},     Word{"make", "camera_make"}, Word{"mod", "camera_model"},
        Word{"model", "camera_model"},  Word{"swr", "software"},     Word{"software", "software"},
        Word{"too", "software"},        Word{"xyz", "gps"},          Word{"location.ISO6709", "gps"},
        Word{"creationdate", "taken"},  Word{"day", "day"},          Word{"nam", "title"},
        Word{"title", "title"},         Word{"cmt", "caption"},      Word{"des", "caption"},
        Word{"description", "caption"}, Word{"ART", "author"},       Word{"author", "author"},
        Word{"cpy", "credit"},          Word{"copyright", "credit"}};
    for (const Word& word : kWords) {
      if (word.key == key) return word.fact;
    }
    return {};
  }

  /// The words of an item: in a `data` box, or after a length and a language (QuickTime's user data).
  static std::string_view text_of(std::string_view body) {
    if (body.substr(std::min<std::size_t>(4, body.size()), 4) == "data") {
      return body.substr(std::min<std::size_t>(16, body.size()));
    }
    const std::uint64_t size = big(body, 0, 2);
    if (body.size() < 4 || size > body.size() - 4) return {};
    return body.substr(4, static_cast<std::size_t>(size));
  }

  void put(std::string_view fact, std::string_view text) {
    if (fact.empty() || text.empty()) return;
    if (fact == "gps") return put_place(text);
    if (fact == "taken") return put_time(text);
    if (fact == "day") return;  // often no more than a year
    out_[std::string(fact)] = text;
  }

  /// "2031-05-06T10:00:00+0330": the clock with its zone, which the header does not have.
  void put_time(std::string_view text) {
    constexpr std::size_t kClock = 19;
    if (!Instant::parse(text) || text.size() <= kClock) return;
    out_["taken"] = text.substr(0, kClock);
    std::string zone(text.substr(kClock));
    if (zone.size() == 5) zone.insert(3, ":");
    zone_ = zone == "Z" ? "UTC" : zone;
  }

  /// ISO 6709: "+35.6892+051.3890+1200/".
  void put_place(std::string_view text) {
    const std::size_t second = text.find_first_of("+-", 1);
    if (second == std::string_view::npos) return;
    const auto number = [](std::string_view digits) -> std::optional<double> {
      const std::string copy(digits.substr(0, 12));
      char* end = nullptr;
      const double out = std::strtod(copy.c_str(), &end);
      if (end == copy.c_str() || !std::isfinite(out)) return std::nullopt;
      return out;
    };
    const auto lat = number(text.substr(0, second));
    const auto lon = number(text.substr(second, std::min(text.find_first_of("+-/", second + 1), text.size()) - second));
    if (lat && lon && std::abs(*lat) <= 90 && std::abs(*lon) <= 180) out_["gps"] = format("{:.6f},{:.6f}", *lat, *lon);
  }

  Facts out_;
  std::string zone_;
  std::vector<std::string_view> keys_;
  std::uint64_t pixels_ = 0;
  std::uint32_t boxes_ = 0;
  bool saw_moov_ = false;
};

}  // namespace

Facts film_facts(std::string_view bytes) { return FilmReader().read(bytes); }

}  // namespace gavah::media
