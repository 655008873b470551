// Three hundred files made to exhaust who reads them (R8): each ends in a bounded answer or a sentence, its worker
// within 512 MiB and 10 seconds, this process within 16 MiB.
#include <brotli/encode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <span>

#include "base/format.h"
#include "confine/sanitized.h"
#include "pipeline/parser.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kMiB = 1U << 20U;

std::string many(std::string_view unit, std::size_t count) {
  std::string out;
  out.reserve(unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += unit;
  return out;
}

std::string deflated(std::string_view bytes, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string gzipped(std::string_view bytes) { return deflated(bytes, 15 + 16); }

std::string brotlied(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  BrotliEncoderCompress(2, 22, BROTLI_MODE_GENERIC, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                        &size, reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

std::string zstandard(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 1));
  return out;
}

void put_little(std::string& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out.push_back(i < sizeof value ? static_cast<char>(value >> (8 * i)) : '\0');
}

/// One entry of a zip as its directory states it; the statement may lie.
struct Entry {
  std::string name;
  std::string packed;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

enum class Header { local, central };

std::string zip_header(const Entry& entry, Header kind) {
  const bool is_central = kind == Header::central;
  std::string out = is_central ? "PK\x01\x02" : "PK\x03\x04";
  if (is_central) put_little(out, 20, 2);
  put_little(out, 20, 2);
  put_little(out, 0, 2);
  put_little(out, 8, 2);
  put_little(out, 0, 8);
  put_little(out, entry.packed.size(), 4);
  put_little(out, entry.size, 4);
  put_little(out, entry.name.size(), 2);
  put_little(out, 0, 2);
  if (is_central) {
    put_little(out, 0, 10);
    put_little(out, entry.offset, 4);
  }
  return out + entry.name;
}

enum class Overlap { no, yes };

std::string zipped(std::vector<Entry> entries, Overlap overlap = Overlap::no) {
  std::string out;
  for (Entry& entry : entries) {
    if (overlap == Overlap::yes && !out.empty()) continue;
    entry.offset = out.size();
    out += zip_header(entry, Header::local) + entry.packed;
  }
  const std::size_t begin = out.size();
  for (const Entry& entry : entries) out += zip_header(entry, Header::central);
  const std::size_t size = out.size() - begin;
  out += "PK\x05\x06";
  put_little(out, 0, 4);
  put_little(out, entries.size() & 0xFFFFU, 2);
  put_little(out, entries.size() & 0xFFFFU, 2);
  put_little(out, size, 4);
  put_little(out, begin, 4);
  put_little(out, 0, 2);
  return out;
}

std::string record(std::string_view http, const std::string& length = {}) {
  return format(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
      "WARC-Date: 2031-05-06T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
      "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      length.empty() ? format("{}", http.size()) : length, http);
}

std::string response(std::string_view headers, std::string_view body) {
  return record(format("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{}\r\n{}", headers, body));
}

struct Bomb {
  std::string name;
  std::string bytes;
};
using Bombs = std::vector<Bomb>;

/// Sanitizers make all of it slower tenfold: there the small ones do.
constexpr std::size_t kAllScales[] = {1, 2, 3, 4, 6};
constexpr std::span<const std::size_t> kScales = std::span(kAllScales).first(confine::kSanitized ? 1 : 5);

void add_compressed(Bombs& out) {
  for (const std::size_t scale : kScales) {
    const std::string zeros(scale * 4 * kMiB, '\0');
    const std::string words = "<p>" + std::string(scale * 2 * kMiB, 'a');
    out.push_back({"a.txt.gz", gzipped(zeros)});
    out.push_back({"a.gz", gzipped(gzipped(gzipped(zeros)))});
    out.push_back({"a.warc.gz", gzipped(response("", words))});
    out.push_back({"a.warc", response("Content-Encoding: gzip\r\n", gzipped(words))});
    out.push_back({"a.warc", response("Content-Encoding: br\r\n", brotlied(words))});
    out.push_back({"a.warc", response("Content-Encoding: zstd\r\n", zstandard(words))});
    out.push_back({"a.warc", response("Content-Encoding: deflate\r\n", deflated(words, -15))});
    out.push_back(
        {"a.warc", response("Content-Encoding: gzip, gzip, br, gzip\r\n", gzipped(brotlied(gzipped(gzipped(words)))))});
    out.push_back({"a.zst", zstandard(zeros)});
    out.push_back({"a.gz", many(gzipped(""), scale * 20'000)});
    out.push_back({"a.warc.gz", many(gzipped(response("", "<p>a")), scale * 400)});
    std::string nested = "words that nobody reads";
    for (std::size_t i = 0; i < scale * 4; ++i) nested = gzipped(nested);
    out.push_back({"a.gz", nested});
  }
}

void add_zips(Bombs& out) {
  for (const std::size_t scale : kScales) {
    const std::string zeros(scale * 2 * kMiB, 'z');
    const std::string packed = deflated(zeros, -15);
    out.push_back({"a.zip", zipped({{"a.txt", packed, zeros.size()}})});
    out.push_back({"a.zip", zipped({{"a.txt", packed, 5}})});
    out.push_back({"a.zip", zipped({{"a.txt", packed, 0xFFFFFFFF}})});
    out.push_back({"a.zip", zipped(std::vector<Entry>(scale * 500, {"a.txt", packed, zeros.size()}), Overlap::yes)});
    out.push_back({"a.zip", zipped(std::vector<Entry>(scale * 2000, {"a.txt", deflated("words", -15), 5}))});
    out.push_back({"a.zip", zipped({{std::string(65'000, 'n'), deflated("words", -15), 5}})});
    std::string inner = packed;
    for (std::size_t i = 0; i < scale; ++i) inner = deflated(zipped({{"in.zip", inner, zeros.size()}}), -15);
    out.push_back({"a.zip", zipped({{"in.zip", inner, zeros.size()}})});
    std::string cut = zipped({{"a.txt", packed, zeros.size()}});
    cut.resize(cut.size() - scale);
    out.push_back({"a.zip", cut});
  }
}

void add_archives(Bombs& out) {
  for (const std::string length : {"18446744073709551615", "9223372036854775807", "-1", "4294967296", "0", "1e9", "",
                                   "00000000000000000000000000000001", "99999999999999999999999999"}) {
    out.push_back({"a.warc", record("HTTP/1.1 200 OK\r\n\r\n<p>words", length.empty() ? " " : length)});
  }
  for (const std::string size : {"ffffffffffffffff", "7fffffffffffffff", "-1", "100000000000000000", "5;", "zz"}) {
    out.push_back({"a.warc", response("Transfer-Encoding: chunked\r\n", size + "\r\nwords\r\n")});
  }
  for (const std::size_t scale : kScales) {
    out.push_back({"a.warc", response("Transfer-Encoding: chunked\r\n", many("1\r\na\r\n", scale * 20'000))});
    out.push_back({"a.warc", response("Transfer-Encoding: chunked\r\n",
                                      many("0001;" + std::string(50, 'e') + "\r\na\r\n", scale * 5000))});
    out.push_back({"a.warc", "WARC/1.0\r\n" + many("X: y\r\n", scale * 50'000)});
    out.push_back({"a.warc", record("HTTP/1.1 200 OK\r\n" + many("X: y\r\n", scale * 50'000))});
    out.push_back({"a.warc", many("WARC/1.0\r\n\r\n", scale * 10'000)});
    out.push_back(
        {"a.arc", "filedesc://a 0.0.0.0 20310506100000 text/plain 9999999999\n" + many("a b c d 5\n", scale * 10'000)});
  }
}

void add_json(Bombs& out) {
  for (const std::size_t scale : kScales) {
    const std::size_t deep = scale * 62'500;  // a million at most
    out.push_back({"a.json", many("[", deep)});
    out.push_back({"a.json", many("{\"a\":", deep)});
    out.push_back({"a.json", many("[", deep) + many("]", deep)});
    out.push_back(
        {"result.json",
         "{\"name\":\"c\",\"type\":\"public_channel\",\"id\":1,\"messages\":[{\"id\":1,\"type\":\"message\",\"text\":" +
             many("[", deep)});
    out.push_back({"result.json",
                   "{\"name\":\"c\",\"type\":\"public_channel\",\"id\":1,\"messages\":[{\"id\":1,\"type\":\"message\","
                   "\"text\":\"" +
                       std::string(scale * kMiB, 'a')});
    out.push_back({"a.json", "{\"data\":[" + many("{\"id\":\"1\"},", scale * 10'000)});
    out.push_back({"a.jsonl", many("{}\n", scale * 2000)});
    out.push_back({"a.json", "\"" + many("\\ud800", scale * 50'000)});
    out.push_back({"a.json", "[" + many("1e999999999,", scale * 50'000)});
    out.push_back({"a.html", "<script type=\"application/ld+json\">" + many("{\"a\":[", deep) + "</script><p>words"});
  }
}

void add_tables_and_chats(Bombs& out) {
  for (const std::size_t scale : kScales) {
    out.push_back({"a.csv", "text,date\n\"" + std::string(scale * kMiB, 'a')});
    out.push_back({"a.csv", "text,date\n" + many("\"\"", scale * kMiB / 4)});
    out.push_back({"a.csv", "text" + std::string(scale * kMiB / 8, ',') + "\n"});
    out.push_back({"a.csv", "text,date\n" + many("\",\n", scale * 20'000)});
    out.push_back({"a.csv", "text,date\n" + many("a,b\n", scale * 1000)});
    out.push_back({"chat.txt", many("[06/05/2031, 10:00:00] A. Person: words\n", scale * 1000)});
    out.push_back({"chat.txt", "[06/05/2031, 10:00:00] " + std::string(scale * kMiB, 'A')});
    out.push_back({"a.txt", many("1 2 3 4 5 6 7 8 9 ", scale * 10'000)});
    out.push_back({"a.txt", many("\xd9\xa1", scale * 100'000)});
    out.push_back({"a.txt", "\xff\xfe" + many(std::string("\x00\xd8", 2), scale * 100'000)});
    out.push_back({"a.eml", many("Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n", scale * 5000)});
    out.push_back(
        {"a.mhtml", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"a\"\r\n\r\n" +
                        many("--a\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+\r\n",
                             scale * 1000)});
  }
}

void add_pages(Bombs& out) {
  for (const std::size_t scale : kScales) {
    for (const std::string unit : {"<div>", "<b>", "<a href=x>", "<table><tr><td>", "<svg><g>", "<p><i>", "<li><ul>",
                                   "<font><div>", "<!--", "</p>", "&amp;", "&#x1F600;", "<a b", "<select><option>"}) {
      out.push_back({"a.html", "<html><body>" + many(unit, scale * 10'000) + "words"});
    }
    out.push_back({"a.html", "<html><body><p " + many("a=b ", scale * 50'000) + ">words"});
    out.push_back({"a.html", "<html><body><p class=\"" + many("c ", scale * 100'000) + "\">words"});
    std::string laughs = "<!DOCTYPE lolz [<!ENTITY l0 \"lol\">";
    for (std::size_t i = 1; i < 10; ++i)
      laughs += format("<!ENTITY l{} \"{}\">", i, many(format("&l{};", i - 1), scale * 10));
    out.push_back({"a.html", laughs + "]><html><body>&l9;"});
    out.push_back(
        {"a.html", "<html><body>" + many("<blockquote class=\"twitter-tweet\"><p>words</p>&mdash; A (@a) <a "
                                         "href=\"https://twitter.com/a/status/1\">May 5, 2031</a></blockquote>",
                                         scale * 500)});
  }
}

std::uint64_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6));
  }
  return 0;
}

void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

struct Cost {
  std::uint64_t parts = 0;
  std::uint64_t text_bytes = 0;
  std::string said;
};

Cost read_and_extract(const Parser& parser, const Bomb& bomb) {
  Cost out;
  const MemorySource bytes(bomb.bytes);
  const auto read = parser.read(bytes, bomb.name, {});
  EXPECT_TRUE(read) << bomb.name << ": " << read.error().sentence();
  if (!read) return out;
  out.said = read->container.unreadable.value_or("");
  Capture capture;
  capture.hints = read->container.hints;
  const auto done =
      parser.extract(bytes, capture, read->parts, {}, [&](const Part&, std::vector<Report> reports) -> Result<void> {
        ++out.parts;
        for (const Report& report : reports) {
          out.text_bytes += report.text.size();
          if (!report.hollow.empty()) out.said = report.hollow;
        }
        return {};
      });
  EXPECT_TRUE(done) << bomb.name << ": " << done.error().sentence();
  return out;
}

void expect_held(confine::Workers& workers, const Bombs& bombs) {
  constexpr std::uint64_t kGrowthKib = 16 * 1024;
  const Parser parser(&workers);
  read_and_extract(parser, bombs.front());  // what is made once is made
  for (const Bomb& bomb : bombs) {
    forget_peak();
    const std::uint64_t before = peak_kib();
    const auto begin = std::chrono::steady_clock::now();
    const Cost cost = read_and_extract(parser, bomb);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const std::string what = format("{} of {} bytes, '{}'", bomb.name, bomb.bytes.size(), bomb.bytes.substr(0, 40));
    EXPECT_LE(seconds, confine::kSanitized ? 100.0 : 10.0) << what;
    EXPECT_LE(cost.text_bytes, 64 * kMiB) << what;
    if (!confine::kSanitized) {
      EXPECT_LE(peak_kib(), before + kGrowthKib) << what << ": " << cost.said;
    }
    if (seconds > 0.5) std::printf("%.1f s: %s: %s\n", seconds, what.c_str(), cost.said.c_str());
  }
}

TEST(Bombs, ThreeHundredAreHeld) {
  // Before anything else here, as in the program: what is forked must be small.
  const auto workers = confine::Workers::start(parsing_tasks());
  ASSERT_TRUE(workers) << workers.error().sentence();
  std::size_t count = 0;
  for (const auto add : {add_compressed, add_zips, add_archives, add_json, add_tables_and_chats, add_pages}) {
    Bombs bombs;
    add(bombs);
    count += bombs.size();
    const auto begin = std::chrono::steady_clock::now();
    expect_held(**workers, bombs);
    std::printf("%zu bombs, %.1f s\n", bombs.size(),
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  EXPECT_GE(count, confine::kSanitized ? 70U : 300U);
}

}  // namespace
}  // namespace gavah::pipeline
