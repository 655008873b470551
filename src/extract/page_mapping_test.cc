// Every word of every page of the public sets decodes from its own bytes, and from no wider range. The reference here
// decodes slowly and by other means than extract: glibc's iconv, the table of references read anew, escapes by hand.
// ./test takes each 20th page; all of them: GAVAH_EVERY_PAGE=1 build/release/src/extract/extract_test
// --gtest_filter='PageMapping.*'
#include <gtest/gtest.h>
#include <iconv.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>

#include "base/charset.h"
#include "extract/extract.h"

namespace gavah::extract {
namespace {

namespace fs = std::filesystem;

std::string set_folder() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  return (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/extraction/";
}

std::vector<std::string> pages_of_the_sets() {
  std::vector<std::string> out;
  for (const char* set : {"scrapinghub-aeb/html", "trafilatura-eval/html", "wcxb/dev-html", "wcxb/test-html",
                          "htmldate-eval/html", "mozilla-readability/pages"}) {
    if (!fs::exists(set_folder() + set)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(set_folder() + set)) {
      const std::string name = entry.path().filename().string();
      const bool is_page = entry.path().extension() == ".gz" && !name.starts_with("expected");
      if (entry.is_regular_file() && is_page) out.push_back(entry.path().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string gunzipped(const std::string& path) {
  std::string out;
  gzFile file = gzopen(path.c_str(), "rb");
  std::string buffer(std::size_t{1} << 18U, '\0');
  for (int got = 0; (got = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0;)
    out.append(buffer, 0, static_cast<std::size_t>(got));
  gzclose(file);
  return out;
}

std::string utf8_of(std::uint32_t c) {
  std::string out;
  const auto add = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | c >> 6U), add(0x80 | (c & 0x3FU));
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12U), add(0x80 | (c >> 6U & 0x3FU)), add(0x80 | (c & 0x3FU));
  } else {
    add(0xF0 | c >> 18U), add(0x80 | (c >> 12U & 0x3FU)), add(0x80 | (c >> 6U & 0x3FU)), add(0x80 | (c & 0x3FU));
  }
  return out;
}

const std::string kReplacement = "\xEF\xBF\xBD";

/// Bytes of one charset as UTF-8; a stretch that is none is one U+FFFD.
class Reference {
 public:
  explicit Reference(const std::string& charset) : charset_(charset == "utf-8" ? "UTF-8" : charset) {
    if (charset_ == "iso-8859-1" || charset_ == "us-ascii") charset_ = "windows-1252";
    door_ = iconv_open("UTF-8", charset_.c_str());
    read_references();
  }
  ~Reference() {
    if (is_known()) iconv_close(door_);
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  /// False for the few charsets that iconv has not.
  bool is_known() const { return std::bit_cast<std::intptr_t>(door_) != -1; }

  std::string decode(std::string_view bytes) const {
    std::string out(bytes.size() * 4 + 8, '\0');
    std::string copy(bytes);
    char* from = copy.data();
    std::size_t left = copy.size();
    char* to = out.data();
    std::size_t room = out.size();
    iconv(door_, nullptr, nullptr, nullptr, nullptr);
    if (iconv(door_, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
      // The web reads bytes that a Windows code page leaves open as control characters.
      const auto byte = static_cast<unsigned char>(bytes.empty() ? 0 : bytes[0]);
      return bytes.size() == 1 && charset_.starts_with("windows") ? utf8_of(byte) : kReplacement;
    }
    out.resize(out.size() - room);
    return out;
  }

  /// What one character reference, one escape of JSON, or one line end stands for; empty when `source` is not exactly
  /// one of them.
  std::string decode_one(const std::string& source) const {
    if (source == "\r" || source == "\r\n") return "\n";
    if (source == std::string(1, '\0')) return kReplacement;
    if (source.starts_with("&#")) return numeric(source);
    if (source.starts_with("&")) {
      const auto found = references_.find(source);
      return found == references_.end() ? "" : found->second;
    }
    return source.starts_with("\\") ? escape(source) : "";
  }

 private:
  void read_references() {
    std::ifstream table(std::string(GAVAH_SOURCE_DIR) + "/data/html/character_references.tsv");
    for (std::string line; std::getline(table, line);) {
      if (line.empty() || line[0] == '#') continue;
      const std::size_t tab = line.find('\t');
      std::string value;
      for (std::size_t at = tab; at != std::string::npos && at + 1 < line.size();) {
        value += utf8_of(static_cast<std::uint32_t>(std::stoul(line.substr(at + 1), nullptr, 16)));
        at = line.find_first_of(" \t", at + 1);
      }
      references_["&" + line.substr(0, tab)] = value;
    }
  }

  std::string numeric(const std::string& source) const {
    const bool is_hex = source.size() > 2 && (source[2] | 0x20) == 'x';
    std::string digits = source.substr(is_hex ? 3 : 2);
    if (digits.ends_with(';')) digits.pop_back();
    const char* allowed = is_hex ? "0123456789abcdefABCDEF" : "0123456789";
    if (digits.empty() || digits.find_first_not_of(allowed) != std::string::npos) return "";
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string::npos || digits.size() - first > 8) return kReplacement;
    const unsigned long value = std::stoul(digits, nullptr, is_hex ? 16 : 10);
    if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return kReplacement;
    if (value >= 0x80 && value < 0xA0) return Reference::windows(static_cast<char>(value));
    return utf8_of(static_cast<std::uint32_t>(value));
  }

  static std::string windows(char byte) {
    static const Reference kWindows("windows-1252");
    return kWindows.decode(std::string_view(&byte, 1));
  }

  static std::string escape(const std::string& source) {
    const auto unit = [&](std::size_t at) {
      return static_cast<std::uint32_t>(std::stoul(source.substr(at + 2, 4), nullptr, 16));
    };
    const bool is_unit = source.size() >= 6 && source[1] == 'u';
    if (is_unit && source.size() == 12) return utf8_of(0x10000 + ((unit(0) - 0xD800) << 10U) + (unit(6) - 0xDC00));
    if (is_unit && source.size() == 6) {
      const std::uint32_t value = unit(0);
      return value >= 0xD800 && value < 0xE000 ? kReplacement : utf8_of(value);
    }
    static const std::map<std::string, std::string> kShort{{"\\n", "\n"},  {"\\t", "\t"}, {"\\r", "\r"},
                                                           {"\\b", "\b"},  {"\\f", "\f"}, {"\\/", "/"},
                                                           {"\\\"", "\""}, {"\\\\", "\\"}};
    const auto found = kShort.find(source);
    return found == kShort.end() ? "" : found->second;
  }

  std::string charset_;
  iconv_t door_;
  std::map<std::string, std::string> references_;
};

const Reference& reference_of(const std::string& charset) {
  static std::map<std::string, std::unique_ptr<Reference>> doors;
  auto& door = doors[charset];
  if (!door) door = std::make_unique<Reference>(charset);
  return *door;
}

struct Seen {
  std::size_t pages = 0, words = 0, copied = 0, decoded = 0, converted = 0, cut_by_markup = 0, turned = 0, unknown = 0;
};

/// One page: each word of each report against the bytes. What is wrong goes to `complaints`.
class PageCheck {
 public:
  PageCheck(std::string_view bytes, const std::string& charset, Seen& seen)
      : bytes_(bytes), reference_(reference_of(charset)), seen_(seen) {}

  void check(const Report& report) {
    std::size_t piece = 0;
    for (std::size_t at = 0; at < report.text.size();) {
      const std::size_t begin = report.text.find_first_not_of(" \n", at);
      if (begin == std::string::npos) break;
      at = std::min(report.text.find_first_of(" \n", begin), report.text.size());
      while (piece < report.map.size() && report.map[piece].text.end <= begin) ++piece;
      const Span word{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
      word_ = report.text.substr(begin, at - begin);
      if (check_word(report, word, piece) != word.end) complain("letters without bytes");
      ++seen_.words;
    }
  }
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  void complain(const std::string& what) { complaints_.push_back("'" + word_ + "': " + what); }

  /// Gives how far pieces cover the word.
  std::uint32_t check_word(const Report& report, Span word, std::size_t piece) {
    std::uint32_t covered = word.begin;
    std::uint64_t last = 0;
    for (; piece < report.map.size() && report.map[piece].text.begin < word.end; ++piece) {
      MapPiece part = report.map[piece];
      if (part.source.end > bytes_.size() || part.text.begin > covered) return covered;
      if (part.text.size() == part.source.size()) {
        part.source = {part.source.begin + (covered - part.text.begin),
                       part.source.end - (std::max(part.text.end, word.end) - word.end)};
      } else if (part.text.begin < word.begin || part.text.end > word.end) {
        complain("shares a reference with another word");
      }
      const std::uint32_t end = std::min(part.text.end, word.end);
      check_piece(report.text.substr(covered, end - covered), part.source);
      if (covered > word.begin) check_gap(last, part.source.begin);
      last = part.source.end;
      covered = end;
    }
    return covered;
  }

  void check_piece(const std::string& text, ByteRange range) {
    const std::string source(bytes_.substr(range.begin, range.size()));
    const std::string plain = reference_.decode(source);
    if (plain != text) {
      if (reference_.decode_one(plain) != text) complain("is not what stands there: '" + source + "'");
      ++seen_.decoded;
      return;
    }
    // Letter for letter: a range is tight when neither end can be left out.
    const bool has_spare = source.size() > 1 && (reference_.decode(source.substr(0, source.size() - 1)) == text ||
                                                 reference_.decode(source.substr(1)) == text);
    if (has_spare) complain("its range is too wide: '" + source + "'");
    ++(source == text ? seen_.copied : seen_.converted);
  }

  /// What stands between two pieces of one word is markup.
  void check_gap(std::uint64_t end, std::uint64_t begin) {
    if (begin < end) {
      ++seen_.turned;  // the parser moved what stood in a table before it
      return;
    }
    if (begin == end) return;
    const std::string gap = reference_.decode(bytes_.substr(end, begin - end));
    if (!gap.starts_with('<') || !gap.ends_with('>')) complain("is cut by '" + gap.substr(0, 200) + "'");
    ++seen_.cut_by_markup;
  }

  std::string_view bytes_;
  const Reference& reference_;
  Seen& seen_;
  std::string word_;
  std::vector<std::string> complaints_;
};

void check_page(const std::string& name, const std::string& bytes, const std::string& declared, Seen& seen) {
  const std::string charset = detect_charset(bytes, declared);
  ++seen.pages;
  if (!reference_of(charset).is_known()) {
    ++seen.unknown;
    return;
  }
  const Capture capture;
  Part part;
  part.format = "html";
  part.charset = declared;
  PageCheck check(bytes, charset, seen);
  for (const Report& report : extract({capture, part, bytes}, IdSecret{})) check.check(report);
  EXPECT_TRUE(check.complaints().empty()) << name << " (" << charset << "), the first of " << check.complaints().size()
                                          << ": " << check.complaints().front();
}

std::size_t step() { return std::getenv("GAVAH_EVERY_PAGE") != nullptr ? 1 : 20; }

void print(const char* what, const Seen& seen) {
  std::cout << what << ": " << seen.pages << " pages, " << seen.words << " words; pieces copied " << seen.copied
            << ", converted " << seen.converted << ", references and escapes " << seen.decoded
            << "; words cut by markup " << seen.cut_by_markup << ", turned by the parser " << seen.turned
            << "; pages in a charset that the reference has not " << seen.unknown << "\n";
}

TEST(PageMapping, EveryWordOfThePublicSetsDecodesFromItsOwnBytes) {
  const auto pages = pages_of_the_sets();
  if (pages.empty()) GTEST_SKIP() << "the public sets are not here: set GAVAH_SHARED_DATA";
  Seen seen;
  for (std::size_t i = 0; i < pages.size(); i += step()) check_page(pages[i], gunzipped(pages[i]), "", seen);
  print("as they are", seen);
  EXPECT_GT(seen.words, 100 * seen.pages);
  EXPECT_LT(seen.turned, seen.words / 1000);
}

/// The page in another charset: letters that it lacks as numeric references.
std::string in_charset(std::string_view page, const std::string& charset) {
  iconv_t door = iconv_open(charset.c_str(), "UTF-8");
  std::string out;
  for (std::size_t at = 0; at < page.size();) {
    const auto lead = static_cast<unsigned char>(page[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::string letter(page.substr(at, size));
    at += size;
    char* from = letter.data();
    std::size_t left = letter.size();
    std::string coded(8, '\0');
    char* to = coded.data();
    std::size_t room = coded.size();
    if (iconv(door, &from, &left, &to, &room) != static_cast<std::size_t>(-1)) {
      out.append(coded, 0, coded.size() - room);
      continue;
    }
    std::uint32_t value = size == 2 ? lead & 0x1FU : size == 3 ? lead & 0x0FU : lead & 0x07U;
    for (std::size_t i = 1; i < size && i < letter.size(); ++i)
      value = value << 6U | (static_cast<unsigned char>(letter[i]) & 0x3FU);
    out += "&#" + std::to_string(value) + ";";
  }
  iconv_close(door);
  return out;
}

TEST(PageMapping, EveryWordOfPagesInWindows1256DecodesFromItsOwnBytes) {
  const auto pages = pages_of_the_sets();
  if (pages.empty()) GTEST_SKIP() << "the public sets are not here: set GAVAH_SHARED_DATA";
  Seen seen;
  for (std::size_t i = 7; i < pages.size(); i += step() * 2) {
    const std::string page = gunzipped(pages[i]);
    const auto text = transcode(page, detect_charset(page, ""));
    if (!text) continue;
    check_page(pages[i], in_charset(text->text, "windows-1256"), "windows-1256", seen);
  }
  print("in windows-1256", seen);
  EXPECT_GT(seen.converted, 0U);
}

TEST(PageMapping, TheCheckSeesRangesThatAreShiftedTooWideOrMissing) {
  const std::string page =
      "<html><body><article><p>About 200 dockers left work, and the &quot;Circles&quot; &amp; others followed, "
      "wit<b>ness</b>es said at the gate of the port.</p></article></body></html>";
  const Capture capture;
  Part part;
  part.format = "html";
  const auto reports = extract({capture, part, page}, IdSecret{});
  ASSERT_EQ(reports.size(), 1U);
  const auto complaints_after = [&](const std::function<void(Report&)>& damage) {
    Report report = reports[0];
    damage(report);
    Seen seen;
    PageCheck check(page, "utf-8", seen);
    check.check(report);
    return check.complaints().size();
  };
  EXPECT_EQ(complaints_after([](Report&) {}), 0U);
  EXPECT_GT(complaints_after([](Report& r) { ++r.map[0].source.begin, ++r.map[0].source.end; }), 0U);
  EXPECT_GT(complaints_after([](Report& r) { ++r.map[1].source.end; }), 0U);
  EXPECT_GT(complaints_after([](Report& r) { --r.map[1].source.end; }), 0U);
  EXPECT_GT(complaints_after([](Report& r) { r.map.erase(r.map.begin() + 1); }), 0U);
  EXPECT_GT(complaints_after([](Report& r) { r.map.clear(); }), 0U);
}

}  // namespace
}  // namespace gavah::extract
