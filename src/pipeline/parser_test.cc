#include "pipeline/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>

#include "base/format.h"
#include "pipeline/flat_records.h"

namespace gavah::pipeline {
namespace {

using ::testing::HasSubstr;

/// Made before anything else runs, as in the program.
confine::Workers& workers() {
  static const auto made = confine::Workers::start(parsing_tasks());
  EXPECT_TRUE(made) << made.error().sentence();
  return **made;
}

/// The same with so little room for answers that a page of some length loses its worker.
confine::Workers& narrow_workers() {
  static const auto made = confine::Workers::start(parsing_tasks(), {.answer_bytes = 3000});
  EXPECT_TRUE(made) << made.error().sentence();
  return **made;
}

std::string page(std::size_t words) {
  std::string out = "<html lang=fa><head><title>گزارش</title></head><body><article><h1>گزارش &amp; خبر</h1><p>";
  for (std::size_t i = 0; i < words; ++i) out += format("واژه{} ", i);
  return out +
         "</p><blockquote class=\"twitter-tweet\"><p>They marched at noon.</p>&mdash; A. Person (@a_person) "
         "<a href=\"https://twitter.com/a_person/status/1234567890123456789\">May 5, 2031</a></blockquote>"
         "</article></body></html>";
}

std::string gzipped(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string record(const std::string& url, const std::string& body) {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body;
  return format(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {}\r\nWARC-Date: 2031-05-06T10:00:00Z\r\n"
      "WARC-Record-ID: <urn:uuid:{}>\r\nContent-Type: application/http; msgtype=response\r\n"
      "Content-Length: {}\r\n\r\n{}\r\n\r\n",
      url, url.size(), http.size(), http);
}

Capture capture_of(const ReadParts& read) {
  Capture out;
  out.id = CaptureId::from_bytes("0123456789abcdef");
  out.format = read.container.format;
  out.hints = read.container.hints;
  return out;
}

std::vector<std::string> report_lines(const Parser& parser, std::string_view bytes, const ReadParts& read,
                                      const IdSecret& ids) {
  std::vector<std::string> out;
  const auto done = parser.extract(MemorySource(bytes), capture_of(read), read.parts, ids,
                                   [&](const Part&, std::vector<Report> reports) -> Result<void> {
                                     for (const Report& report : reports) out.push_back(to_json(report));
                                     return {};
                                   });
  EXPECT_TRUE(done) << done.error().sentence();
  return out;
}

TEST(Parser, AWorkerGivesWhatThisProcessGives) {
  IdSecret ids;
  ids.bytes.fill(7);
  std::string warc;
  for (std::size_t i = 0; i < 300; ++i) warc += record(format("https://a.example/{}", i), page(i));
  const std::vector<std::pair<std::string, std::string>> files{
      {"a.html", page(200)},
      {"a.warc", warc},
      {"a.warc", warc.substr(0, warc.size() / 2)},
      {"a.warc.gz", gzipped(warc)},
      {"a.html.gz", gzipped(page(40))},
      {"a.csv", "text,date,source\n\"They, marched\",2031-05-05,Herald\nواژه,2031-05-06,Gazette\n"},
      {"a.txt", "\xca\xc7\xd1\xed\xce 12 \xc8\xe5\xe3\xe4 1409"},
      {"a.json", "{\"unknown\":1}"},
      {"empty", ""}};
  for (const auto& [name, bytes] : files) {
    const auto here = Parser(nullptr).read(MemorySource(bytes), name, {});
    const auto there = Parser(&workers()).read(MemorySource(bytes), name, {});
    ASSERT_TRUE(here && there) << name;
    EXPECT_EQ(here->parts, there->parts) << name;
    confine::FlatWriter one;
    confine::FlatWriter other;
    write_flat(one, here->container);
    write_flat(other, there->container);
    EXPECT_EQ(one.str(), other.str()) << name;
    EXPECT_EQ(report_lines(Parser(nullptr), bytes, *here, ids), report_lines(Parser(&workers()), bytes, *there, ids))
        << name;
  }
}

enum class Lie { of_digests, of_sizes_too };

/// A worker that was taken over: it gives every part a digest, or a digest and a size, that it made up.
class LyingInside final : public confine::Inside {
 public:
  LyingInside(confine::Inside& honest, Lie lie) : honest_(honest), lie_(lie) {}
  const ByteSource& input() const override { return honest_.input(); }
  Result<void> flush() override { return honest_.flush(); }
  Result<void> emit(std::string_view message) override {
    confine::FlatReader in(message);
    if (in.number() != 0) return honest_.emit(message);
    const std::uint64_t count = in.number();
    confine::FlatWriter out;
    out.number(0).number(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      Part part = read_flat_part(in);
      part.digest = sha256("what a reader made up");
      if (lie_ == Lie::of_sizes_too) --part.size_bytes;
      write_flat(out, part);
    }
    return honest_.emit(out.str());
  }

 private:
  confine::Inside& honest_;
  Lie lie_;
};

Result<void> read_and_lie(std::string_view request, confine::Inside& inside) {
  const bool is_smaller = request.find("smaller.") != std::string_view::npos;
  LyingInside lying(inside, is_smaller ? Lie::of_sizes_too : Lie::of_digests);
  return read_inside(request, lying, {});
}

confine::Workers& lying_workers() {
  static const auto made = [] {
    auto tasks = parsing_tasks();
    for (confine::Task& task : tasks) {
      if (task.name == "read") task.run = read_and_lie;
    }
    return confine::Workers::start(std::move(tasks));
  }();
  EXPECT_TRUE(made) << made.error().sentence();
  return **made;
}

TEST(Parser, AFalseDigestOfAWorkerNeverLeavesIt) {
  const std::string warc = record("https://a.example/1", page(20)) + record("https://a.example/2", page(30));
  const auto honest = Parser(&workers()).read(MemorySource(warc), "a.warc", {});
  const auto lied = Parser(&lying_workers()).read(MemorySource(warc), "a.warc", {});
  ASSERT_TRUE(honest && lied);
  ASSERT_EQ(honest->parts.size(), 2U);
  EXPECT_EQ(lied->parts, honest->parts) << "what lies as it is, is hashed here";
  const std::string gz = gzipped(warc);
  const auto packed = Parser(&lying_workers()).read(MemorySource(gz), "a.warc.gz", {});
  ASSERT_TRUE(packed) << packed.error().sentence();
  EXPECT_TRUE(packed->parts.empty());
  EXPECT_THAT(packed->container.unreadable.value_or(""), HasSubstr("unpacked again"));
  const auto smaller = Parser(&lying_workers()).read(MemorySource(warc), "smaller.warc", {});
  ASSERT_TRUE(smaller) << smaller.error().sentence();
  EXPECT_TRUE(smaller->parts.empty());
  EXPECT_THAT(smaller->container.unreadable.value_or(""), HasSubstr("another size"));
}

TEST(Parser, APartWithAFalseDigestIsHollowAndTheOthersAreRead) {
  std::string warc;
  for (std::size_t i = 0; i < 4; ++i) warc += record(format("https://a.example/{}", i), page(20));
  for (confine::Workers* each : {&workers(), static_cast<confine::Workers*>(nullptr)}) {
    auto read = Parser(each).read(MemorySource(warc), "a.warc", {});
    ASSERT_TRUE(read && read->parts.size() == 4);
    read->parts[1].digest = sha256("what a reader made up");
    read->parts[2].size_bytes += 1;
    std::vector<std::string> hollow(4);
    const auto done = Parser(each).extract(MemorySource(warc), capture_of(*read), read->parts, {},
                                           [&](const Part& part, std::vector<Report> reports) -> Result<void> {
                                             for (const Report& report : reports) hollow[part.number] += report.hollow;
                                             return {};
                                           });
    ASSERT_TRUE(done) << done.error().sentence();
    EXPECT_THAT(hollow, ::testing::ElementsAre("", HasSubstr("another digest or size"),
                                               HasSubstr("another digest or size"), ""));
  }
}

/// What was stored and is not so any more.
class RottenSource final : public ByteSource {
 public:
  explicit RottenSource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange) const override { return fail(ErrorCode::corrupt, "a block does not open"); }

 private:
  MemorySource bytes_;
};

TEST(Parser, BytesThatRottedWhereTheyAreStoredAreAnError) {
  const std::string html = page(20);
  for (confine::Workers* each : {&workers(), static_cast<confine::Workers*>(nullptr)}) {
    const auto read = Parser(each).read(MemorySource(html), "a.html", {});
    ASSERT_TRUE(read);
    const auto done = Parser(each).extract(RottenSource(html), capture_of(*read), read->parts, {},
                                           [](const Part&, std::vector<Report>) -> Result<void> { return {}; });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::corrupt);
  }
}

/// Workers whose reader is killed by records 3 and 7, and by every record of a file that is named so.
Result<void> read_and_break_down(std::string_view request, confine::Inside& inside) {
  const bool is_all = request.find("every.warc") != std::string_view::npos;
  const bool is_first = request.find("first.json") != std::string_view::npos;
  return read_inside(request, inside, [&](std::uint64_t record) {
    if (is_all || (is_first ? record == 0 : record == 3 || record == 7)) std::abort();
  });
}

confine::Workers& fragile_workers() {
  static const auto made = [] {
    auto tasks = parsing_tasks();
    for (confine::Task& task : tasks) {
      if (task.name == "read") task.run = read_and_break_down;
    }
    return confine::Workers::start(std::move(tasks));
  }();
  EXPECT_TRUE(made) << made.error().sentence();
  return **made;
}

TEST(Parser, ARecordThatKillsItsReaderIsTheOnlyOneThatIsLost) {
  std::string warc;
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < 20; ++i) {
    begins.push_back(warc.size());
    warc += record(format("https://a.example/{}", i), page(i));
  }
  const auto whole = Parser(&workers()).read(MemorySource(warc), "a.warc", {});
  const auto read = Parser(&fragile_workers()).read(MemorySource(warc), "a.warc", {});
  ASSERT_TRUE(whole && read);
  EXPECT_FALSE(read->container.unreadable) << *read->container.unreadable;
  std::vector<std::string> expected;
  std::vector<std::string> urls;
  for (const Part& part : whole->parts) {
    if (part.number != 3 && part.number != 7) expected.push_back(part.url);
  }
  for (const Part& part : read->parts) urls.push_back(part.url);
  EXPECT_EQ(urls, expected);
  ASSERT_EQ(read->container.problems.size(), 2U);
  const std::string place = format("byte {}, {} bytes", begins[3], begins[4] - begins[3] - 4);
  EXPECT_EQ(read->container.problems[0].where, place);
  EXPECT_THAT(read->container.hints.at("incomplete"), HasSubstr(place));
  EXPECT_THAT(read->container.hints.at("incomplete"), HasSubstr(format("byte {},", begins[7])));
}

/// An archive of tar of members of one block or less each.
std::string tarred(const std::vector<std::pair<std::string, std::string>>& members) {
  constexpr std::size_t kBlock = 512;
  std::string out;
  for (const auto& [name, bytes] : members) {
    std::string header = name;
    header.resize(kBlock);
    header.replace(100, 7, "0000644");
    header.replace(124, 11, format("{:011o}", bytes.size()));
    header.replace(148, 8, "        ");
    header[156] = '0';
    header.replace(257, 8, std::string_view("ustar\00000", 8));
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    header.replace(148, 7, format("{:06o}", sum) + std::string(1, '\0'));
    out += header + bytes;
    out.resize((out.size() + kBlock - 1) / kBlock * kBlock);
  }
  out.resize(out.size() + 2 * kBlock);
  return out;
}

std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
  return out;
}

/// A zip archive of stored members.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out;
  std::string directory;
  for (const auto& [name, bytes] : members) {
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    const std::string facts = little(20, 2) + little(0x800, 2) + little(0, 2) + little(0, 4) + little(crc, 4) +
                              little(bytes.size(), 4) + little(bytes.size(), 4) + little(name.size(), 2) + little(0, 2);
    directory += "PK\x01\x02" + little(20, 2) + facts + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
                 little(out.size(), 4) + name;
    out += "PK\x03\x04" + facts + name + bytes;
  }
  return out + directory + "PK\x05\x06" + little(0, 4) + little(members.size(), 2) + little(members.size(), 2) +
         little(directory.size(), 4) + little(out.size(), 4) + little(0, 2);
}

/// Of a file of twenty, those that read_and_break_down dies over are lost, and no other; both are named.
void expect_two_lost(const std::string& bytes, const std::string& name, const std::array<std::string, 2>& places) {
  const auto whole = Parser(&workers()).read(MemorySource(bytes), name, {});
  const auto read = Parser(&fragile_workers()).read(MemorySource(bytes), name, {});
  ASSERT_TRUE(whole && read) << name;
  EXPECT_FALSE(read->container.unreadable) << name << ": " << read->container.unreadable.value_or("");
  ASSERT_EQ(whole->parts.size(), 20U) << name;
  std::vector<std::string> expected;
  std::vector<std::string> paths;
  for (const Part& part : whole->parts) {
    if (part.number != 3 && part.number != 7) expected.push_back(part.path);
  }
  for (const Part& part : read->parts) paths.push_back(part.path);
  EXPECT_EQ(paths, expected) << name;
  ASSERT_EQ(read->container.problems.size(), 2U) << name;
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_THAT(read->container.problems[i].where, HasSubstr(places[i])) << name;
    EXPECT_THAT(read->container.problems[i].reason, HasSubstr("broke down")) << name;
    EXPECT_THAT(read->container.hints.at("incomplete"), HasSubstr(places[i])) << name;
  }
}

TEST(Parser, AMemberThatKillsItsReaderIsTheOnlyOneThatIsLost) {
  std::vector<std::pair<std::string, std::string>> members;
  for (std::size_t i = 0; i < 20; ++i) members.emplace_back(format("{:02}.html", i), page(i));
  expect_two_lost(zipped(members), "a.zip", {"03.html", "07.html"});
  expect_two_lost(tarred(members), "a.tar", {"03.html", "07.html"});
  expect_two_lost(gzipped(tarred(members)), "a.tar.gz", {"03.html", "07.html"});
}

TEST(Parser, APostThatKillsItsReaderIsTheOnlyOneThatIsLost) {
  std::string messages;
  std::string lines;
  std::string posts;
  for (int i = 0; i < 20; ++i) {
    messages += format("{}{{\"id\":{},\"type\":\"message\",\"date\":\"2031-05-06T10:00:00\",\"text\":\"Number {}\"}}",
                       i == 0 ? "" : ",", i, i);
    const std::string post =
        format("{{\"id\":\"{}\",\"text\":\"Number {}\",\"author_id\":\"9\",\"conversation_id\":\"1\"}}", i, i);
    lines += post + "\n";
    posts += (i == 0 ? "" : ",") + post;
  }
  expect_two_lost("{\"name\":\"A\",\"type\":\"public_channel\",\"id\":1,\"messages\":[" + messages + "]}",
                  "result.json", {"messages/3", "messages/7"});
  expect_two_lost(lines, "a.jsonl", {"line 4", "line 8"});
  expect_two_lost("[" + posts + "]", "a.json", {"3", "7"});
}

TEST(Parser, AFirstPostThatKillsItsReaderLeavesThePostsBehindIt) {
  std::string posts = R"([{"id":"0","text":"Number 0","author_id":"9","conversation_id":"1"},{"x":1})";
  for (int i = 2; i < 20; ++i)
    posts += format(R"(,{{"id":"{0}","text":"Number {0}","author_id":"9","conversation_id":"1"}})", i);
  const auto read = Parser(&fragile_workers()).read(MemorySource(posts + "]"), "first.json", {});
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->container.unreadable, std::nullopt);
  EXPECT_EQ(read->parts.size(), 18U);
  EXPECT_EQ(read->container.problems.size(), 2U);
}

TEST(Parser, PackedPartsOfWhichMuchIsSaidAreCheckedInSeveralOrders) {
  const std::string path(3'500, 'a');
  std::string warc;
  for (std::size_t i = 0; i < 20'000; ++i) warc += record(format("https://a.example/{}/{}", i, path), "<p>Short.");
  const auto read = Parser(&workers()).read(MemorySource(gzipped(warc)), "long.warc.gz", {});
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->container.unreadable, std::nullopt);
  EXPECT_EQ(read->parts.size(), 20'000U);
}

TEST(Parser, ABodyOfAMailThatKillsItsReaderIsTheOnlyOneThatIsLost) {
  std::string mail =
      "From: a@a.example\r\nMessage-ID: <1@a.example>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  std::vector<std::size_t> begins;
  for (int i = 0; i < 20; ++i) {
    mail += "--b\r\nContent-Type: text/plain\r\n\r\n";
    begins.push_back(mail.size());
    mail += format("Number {}\r\n", i);
  }
  mail += "--b--\r\n";
  expect_two_lost(mail, "a.eml", {format("at byte {}", begins[3]), format("at byte {}", begins[7])});
}

TEST(Parser, AFileOfRecordsThatAllKillTheirReaderIsGivenUp) {
  std::string warc;
  for (std::size_t i = 0; i < 20; ++i) warc += record(format("https://a.example/{}", i), page(1));
  const auto read = Parser(&fragile_workers()).read(MemorySource(warc), "every.warc", {});
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_TRUE(read->parts.empty());
  EXPECT_THAT(read->container.unreadable.value_or(""), HasSubstr("broke down"));
}

TEST(Parser, AFileOverWhichAWorkerIsLostIsUnreadable) {
  std::string warc;
  for (std::size_t i = 0; i < 100; ++i) warc += record(format("https://a.example/{}", i), page(1));
  const auto read = Parser(&narrow_workers()).read(MemorySource(warc), "a.warc", {});
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_TRUE(read->parts.empty());
  EXPECT_THAT(read->container.unreadable.value_or(""), HasSubstr("answers with more than"));
}

TEST(Parser, APartOverWhichAWorkerIsLostIsHollowAndTheOthersAreRead) {
  std::string warc;
  for (const std::size_t words : {5UL, 2000UL, 6UL, 7UL, 8UL}) {
    warc += record(format("https://a.example/{}", words), page(words));
  }
  const auto read = Parser(nullptr).read(MemorySource(warc), "a.warc", {});
  ASSERT_TRUE(read);
  const auto whole = report_lines(Parser(nullptr), warc, *read, {});
  const auto lines = report_lines(Parser(&narrow_workers()), warc, *read, {});
  ASSERT_EQ(whole.size(), 10U);
  ASSERT_EQ(lines.size(), 9U);
  EXPECT_EQ(lines[0], whole[0]);
  EXPECT_THAT(lines[2], HasSubstr("its reader answers with more than 3000 bytes"));
  for (std::size_t i = 3; i < lines.size(); ++i) EXPECT_EQ(lines[i], whole[i + 1]);
}

TEST(Parser, AMappingThatIsNoneIsTheOperatorsError) {
  const auto read = Parser(&workers()).read(MemorySource("a,b\n1,2\n"), "a.csv", "{\"columns\":5}");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::invalid_input);
}

Report sample_report() {
  Report out;
  out.id = ReportId::from_bytes("0123456789abcdef");
  out.kind = ReportKind::post;
  out.source = "@a_person";
  out.text = "سلام & more";
  out.published = TimeInterval::of_instant(Instant{1'900'000'000});
  out.published.span = Span{0, 8};
  out.map = {{{0, 8}, {100, 108}}, {{9, 10}, {50, 55}}, {{10, 15}, {60, 65}}};
  out.relations = {{RelationKind::quotes, "https://x.com/i/status/1", Span{1, 2}}, {RelationKind::versions, "b", {}}};
  out.links = {"https://a.example/", ""};
  out.media = {{3, "image/png", "a caption"}, {std::nullopt, "", ""}};
  out.audience = "followers";
  out.hollow = "login wall";
  return out;
}

TEST(FlatRecords, AReportComesBackAsItWas) {
  const Report report = sample_report();
  confine::FlatWriter out;
  write_flat(out, report);
  confine::FlatReader in(out.str());
  const Report back = read_flat_report(in);
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(to_json(back), to_json(report));
}

TEST(FlatRecords, WhatWasTamperedWithIsRefusedOrStaysWithinItsText) {
  confine::FlatWriter out;
  write_flat(out, sample_report());
  for (std::size_t at = 0; at < out.str().size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bytes = out.str();
      bytes[at] = static_cast<char>(bytes[at] ^ flip);
      confine::FlatReader in(bytes);
      const Report back = read_flat_report(in);
      if (!in.at_end()) continue;
      for (const MapPiece& piece : back.map) {
        EXPECT_LE(piece.text.end, back.text.size());
        EXPECT_LE(piece.text.begin, piece.text.end);
      }
      for (const Relation& relation : back.relations) {
        EXPECT_LE(relation.span.value_or(Span{}).end, back.text.size());
      }
    }
    confine::FlatReader cut(std::string_view(out.str()).substr(0, at));
    read_flat_report(cut);
    EXPECT_FALSE(cut.at_end()) << at;
  }
}

TEST(FlatRecords, APieceThatLeadsBeforeTheFirstByteIsRefused) {
  Report report = sample_report();
  report.map = {{{0, 8}, {~std::uint64_t{0} - 20, ~std::uint64_t{0} - 10}}};
  confine::FlatWriter out;
  write_flat(out, report);
  confine::FlatReader in(out.str());
  read_flat_report(in);
  EXPECT_FALSE(in.ok());
}

TEST(FlatRecords, ATimeThatEndsBeforeItStartsIsRefused) {
  Report report = sample_report();
  report.published.start = Instant{2};
  report.published.end = Instant{1};
  confine::FlatWriter out;
  write_flat(out, report);
  confine::FlatReader in(out.str());
  read_flat_report(in);
  EXPECT_FALSE(in.ok());
}

TEST(FlatRecords, TextThatIsNotUtf8IsRefused) {
  Report report = sample_report();
  report.map.clear();
  report.text = "words \xff words";
  confine::FlatWriter out;
  write_flat(out, report);
  confine::FlatReader in(out.str());
  read_flat_report(in);
  EXPECT_FALSE(in.ok());
}

}  // namespace
}  // namespace gavah::pipeline
