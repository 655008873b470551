// Reads every sample under shared data and compares with counts made by other means: an own record walk for web
// archives, the whole document in memory for JSON, text search for chats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/disk.h"
#include "base/json.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

std::string shared_data() {
  const char* given = std::getenv("GAVAH_SHARED_DATA");
  return given != nullptr ? std::string(given) : join_path(parent_path(GAVAH_SOURCE_DIR), "shared/data");
}

class Samples : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.exists(join_path(shared_data(), "samples"))) GTEST_SKIP() << "the shared data is not on this machine";
  }
  std::string bytes(const std::string& name) {
    auto read = disk_.read(join_path(shared_data(), name));
    EXPECT_TRUE(read.has_value()) << name;
    return read ? *std::move(read) : std::string();
  }
  Reading reading(const std::string& name, const ReadOptions& options = {}) {
    return read_for_test(bytes(name), base_name(name), options);
  }
  std::vector<std::string> files(const std::string& folder) {
    const auto walked = walk(disk_, join_path(shared_data(), folder));
    EXPECT_TRUE(walked.has_value());
    std::vector<std::string> out;
    for (const WalkedFile& file : walked->files) out.push_back(join_path(folder, file.name));
    return out;
  }
  RealDisk disk_;
};

/// One gzip member from `at`, with zlib alone; empty when there is none.
std::string inflated_at(const std::string& bytes, std::size_t at) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + at));
  stream.avail_in = static_cast<uInt>(bytes.size() - at);
  std::string out(1 << 24, '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

/// All WARC records of a plain, compressed or packed archive, one after another.
std::string all_records(const std::string& bytes) {
  if (bytes.starts_with("WARC/")) return bytes;
  std::string out;
  for (std::size_t at = bytes.find("\x1f\x8b\x08"); at != std::string::npos; at = bytes.find("\x1f\x8b\x08", at + 3)) {
    const std::string member = inflated_at(bytes, at);
    if (member.starts_with("WARC/")) out += member;
  }
  return out;
}

/// Records that hold a document: a response or resource whose body is not empty and no note of the crawler itself.
std::size_t documents_in(std::string records) {
  std::erase(records, '\r');  // some crawlers end lines with a bare LF
  std::size_t count = 0;
  std::size_t at = records.find("WARC/1.");
  if (at == std::string::npos) at = records.find("WARC/0.");
  while (at != std::string::npos) {
    const std::size_t next = records.find("\n\nWARC/", at);
    const std::string record = records.substr(at, next == std::string::npos ? next : next - at);
    const std::string header = record.substr(0, record.find("\n\n"));
    std::string block = record.substr(std::min(record.size(), header.size() + 2));
    while (block.ends_with('\n')) block.pop_back();
    const bool is_response = header.find("WARC-Type: response") != std::string::npos;
    const bool is_resource =
        header.find("WARC-Type: resource") != std::string::npos && header.find("metadata://") == std::string::npos;
    const std::size_t body = block.find("\n\n");
    const bool has_body = is_resource || (body != std::string::npos && body + 2 < block.size());
    if ((is_response || is_resource) && has_body) ++count;
    at = next == std::string::npos ? next : next + 2;
  }
  return count;
}

TEST_F(Samples, WebArchivesGiveEachDocumentThatTheirRecordsHold) {
  std::size_t compared = 0;
  for (const char* folder : {"samples/warc", "samples/wacz", "extraction/warc-wacz-conformance"}) {
    for (const std::string& name : files(folder)) {
      const bool is_cut_wrongly = name.find("wrong-chunks") != std::string::npos;  // one record over two gzip members
      if (is_cut_wrongly || (name.find(".warc") == std::string::npos && !name.ends_with(".wacz"))) continue;
      if (name.ends_with(".lz4") || name.find("LICENSE") != std::string::npos) continue;
      const Reading read = reading(name);
      const auto revisits =
          std::ranges::count_if(read.parts, [](const auto& part) { return part.first.hints.contains("revisit_of"); });
      EXPECT_EQ(read.parts.size() - static_cast<std::size_t>(revisits), documents_in(all_records(bytes(name))))
          << name << "\n"
          << read.problems();
      ++compared;
    }
  }
  EXPECT_GE(compared, 35U);
}

TEST_F(Samples, ARecordCutOverTwoMembersIsSaidToBeLost) {
  const Reading read = reading("samples/warc/example-wrong-chunks.warc.gz");
  EXPECT_TRUE(read.parts.empty());
  EXPECT_THAT(read.reason(), HasSubstr("states 1613 bytes"));
  EXPECT_THAT(read.problems(), HasSubstr("1271 bytes are no WARC record"));
}

TEST_F(Samples, ArcFilesGiveTheirOnePage) {
  for (const char* name : {"samples/warc/example.arc", "samples/warc/example.arc.gz",
                           "extraction/warc-wacz-conformance/warcio/example-space-in-url.arc"}) {
    const Reading read = reading(name);
    ASSERT_EQ(read.parts.size(), 1U) << name;
    EXPECT_THAT(read.parts[0].second, HasSubstr("<h1>Example Domain</h1>")) << name;
  }
}

TEST_F(Samples, DigestsInEveryAlphabetAreComparedAndAWrongOneIsTold) {
  EXPECT_EQ(reading("samples/warc/example.warc.gz").problems(), "");
  EXPECT_EQ(reading("samples/warc/example-resource.warc.gz").problems(), "");
}

TEST_F(Samples, PostsV1AreAsManyAsTheDocumentHolds) {
  for (const std::string& name : files("samples/tweets-v1.1")) {
    const auto json = Json::parse(bytes(name));
    ASSERT_TRUE(json.has_value()) << name;
    const Json* statuses = json->find("statuses");
    const std::size_t expected = json->is_array() ? json->items().size() : statuses ? statuses->items().size() : 1;
    const Reading read = reading(name);
    EXPECT_EQ(read.parts.size(), expected) << name;
    for (const auto& [part, text] : read.parts) EXPECT_EQ(part.format, "x-v1") << name;
  }
}

/// Ids of the posts in data, then of those included that are not among them.
std::vector<std::string> post_ids(const Json& page) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  const Json* data = page.find("data");
  if (data == nullptr) return out;
  const auto add = [&](const Json& post) {
    if (seen.insert(std::string(post.text_of("id"))).second) out.emplace_back(post.text_of("id"));
  };
  if (data->is_object()) add(*data);
  for (const Json& post : data->items()) add(post);
  if (const Json* tweets = page.find_path({"includes", "tweets"})) {
    for (const Json& post : tweets->items()) add(post);
  }
  return out;
}

TEST_F(Samples, PostsV2AreThoseOfDataAndThoseIncludedForThem) {
  for (const std::string& name : files("samples/tweets-v2")) {
    const std::string text = bytes(name);
    std::vector<std::string> expected;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const auto page = Json::parse(std::string_view(text).substr(at, end - at));
      if (page) {
        for (std::string& id : post_ids(*page)) expected.push_back(std::move(id));
      }
      at = end + 1;
    }
    const Reading read = reading(name);
    ASSERT_EQ(read.parts.size(), expected.size()) << name;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(read.parts[i].first.format, "x-v2");
      EXPECT_EQ(Json::parse(read.parts[i].second)->text_of("id"), expected[i]) << name;
      EXPECT_NE(read.parts[i].first.hints.count("author_handle"), 0U) << name << " " << expected[i];
    }
  }
}

TEST_F(Samples, TelegramGivesAsManyMessagesAsTheFileNames) {
  for (const char* name : {"samples/chat/chatpack-telegram_export.json", "samples/chat/telegram_batch_export.json",
                           "samples/chat/telegram_single_export.json"}) {
    const std::string text = bytes(name);
    std::size_t expected = 0;
    for (std::size_t at = text.find("\"type\": \"message\""); at != std::string::npos;
         at = text.find("\"type\": \"message\"", at + 1)) {
      ++expected;
    }
    const Reading read = reading(name);
    EXPECT_EQ(read.parts.size(), expected) << name;
    for (const auto& [part, message] : read.parts) EXPECT_EQ(part.format, "telegram");
  }
}

TEST_F(Samples, PostsOfBlueskyAreReadFromRecordsAndThreads) {
  for (const auto& [name, text] : {std::pair{"post_record.json", "new text114"},
                                   {"extended_post_record.json", "regress test"},
                                   {"thread_view_post_with_embed_media.json", "3kaheyt6vpc22"}}) {
    const Reading read = reading(join_path("samples/bluesky", name));
    ASSERT_EQ(read.parts.size(), 1U) << name << read.reason();
    EXPECT_EQ(read.parts[0].first.format, "bluesky");
    EXPECT_THAT(read.parts[0].second, HasSubstr(text)) << name;
  }
}

/// The expected messages were written down beside the samples by whoever made them; the newest comes first.
TEST_F(Samples, ChatsInFiveDateOrdersGiveTheSameSixMessages) {
  const auto expected = Json::parse(bytes("samples/chat/whatsapp_target.json"));
  ASSERT_TRUE(expected.has_value());
  for (const char* order : {"[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"}) {
    const Reading read = reading(std::string("samples/chat/whatsapp_test_") + order + ".txt");
    std::vector<Part> parts;
    for (const auto& [part, message] : read.parts) {
      if (message.size() > std::stoul(part.hints.at("words")) + 1) parts.push_back(part);  // "John Doe:." is a dot
    }
    ASSERT_EQ(parts.size(), expected->items().size()) << order << read.reason();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Json& message = expected->items()[parts.size() - 1 - i];
      EXPECT_EQ(parts[i].hints.at("author"), message.text_of("author")) << order;
      EXPECT_EQ(parts[i].hints.at("day"), message.text_of("timestamp").substr(0, 10)) << order;
    }
  }
}

TEST_F(Samples, OtherChatsGiveAMessageALine) {
  EXPECT_EQ(reading("samples/chat/chatpack-whatsapp_export.txt").parts.size(), 7U);
  const Reading read = reading("samples/chat/signal_test_export.txt");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[1].first.hints.at("day"), "2020-01-17");
  EXPECT_TRUE(read.parts[1].second.ends_with("Hello\nJane!"));
}

TEST_F(Samples, ConversationsOfInstagramGiveEachMessage) {
  for (const char* name : {"samples/chat/chatpack-instagram_export.json", "samples/chat/instagram_test_export.json"}) {
    const std::string text = bytes(name);
    std::size_t expected = 0;
    for (std::size_t at = text.find("sender_name"); at != std::string::npos; at = text.find("sender_name", at + 1)) {
      ++expected;
    }
    EXPECT_EQ(reading(name).parts.size(), expected) << name;
  }
}

TEST_F(Samples, TablesWithAMappingGiveTheirRows) {
  ReadOptions options;
  options.mapping = R"({"columns":{"title":"Title","text":"text label","date":"Date label"}})";
  const Reading read = reading("samples/uwazi/test.csv", options);
  ASSERT_EQ(read.parts.size(), 3U) << read.reason();
  EXPECT_THAT(read.parts[2].second, HasSubstr("text value 3"));
  EXPECT_THAT(read.container.hints.at("header"), HasSubstr("\"text label\""));
}

TEST_F(Samples, EntitiesOfUwaziInSeveralLanguagesAreKnownByTheirHeader) {
  for (const auto& [name, rows] : {std::pair{"languages-import.csv", 3U}, {"arrangeThesauriTest.csv", 25U}}) {
    const Reading read = reading(join_path("samples/uwazi", name));
    EXPECT_EQ(read.parts.size(), rows) << name << read.reason();
    EXPECT_THAT(read.container.hints.at("mapping"), HasSubstr(R"("shape":"uwazi")"));
  }
}

TEST_F(Samples, OthersAreSetAsideForAReasonThatIsTrueOfThem) {
  const std::vector<std::pair<std::string, std::string>> expected{
      {"auto-archiver/csv_with_headers.csv", "mapping file"},
      {"auto-archiver/test_orchestration.yaml", "YAML"},
      {"bluesky/did_doc.json", "Bluesky"},
      {"bluesky/feed_record.json", "Bluesky"},
      {"bluesky/custom_record.json", "no post"},
      {"case/message.json", "linked data"},
      {"case/file.json", "linked data"},
      {"chat/chatpack-discord_export.json", "Discord"},
      {"chat/whatsapp_target.json", "no known export"},
      {"ftm/Event.yaml", "YAML"},
      {"rfc3161/digicert.tsr", "time-stamp"},
      {"rfc3161/timestamp_token_http-timestamp-identrust-com", "time-stamp"},
      {"uwazi/import.zip", "mapping file"},
      {"uwazi/test.csv", "mapping file"},
      {"wacz/valid.cdxj", "index of a web archive"},
      {"wacz/authsign-response.json", "signature"},
      {"wacz/invalid_example_1.wacz", "without web archives"}};
  for (const auto& [name, reason] : expected) {
    const Reading read = reading(join_path("samples", name));
    EXPECT_TRUE(read.parts.empty()) << name;
    EXPECT_THAT(read.reason(), HasSubstr(reason)) << name;
  }
}

TEST_F(Samples, EveryFileIsReadOrRefusedWithASentence) {
  for (const char* folder : {"samples", "extraction/warc-wacz-conformance", "extraction/json-test-suite"}) {
    for (const std::string& name : files(folder)) {
      const Reading read = reading(name);
      const bool is_sound = !read.parts.empty() || !read.container.passed_over.empty();
      EXPECT_TRUE(is_sound || !read.reason().empty()) << name;
    }
  }
}

/// No prefix and no damaged byte of a sample may do more than make a problem.
TEST_F(Samples, CutAndDamagedSamplesNeverCrash) {
  for (const char* name : {"samples/warc/example.warc.gz", "samples/wacz/browsertrix-example.wacz",
                           "samples/chat/telegram_batch_export.json", "samples/tweets-v2/two_tweets.jsonl",
                           "samples/uwazi/import.zip", "samples/warc/example.arc"}) {
    const std::string whole = bytes(name);
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 150) {
      read_for_test(std::string_view(whole).substr(0, at), base_name(name));
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      read_for_test(damaged, base_name(name));
    }
  }
}

}  // namespace
}  // namespace gavah::capture
