#include "extract/oembed.h"

#include "extract/embed_address.h"
#include "extract/embedded_post.h"
#include "extract/json_record.h"
#include "extract/markup_text.h"
#include "extract/post_address.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;

/// What the answer says beside its markup stands where the markup is silent.
void fill_from_answer(const JsonRecord& record, Report& report) {
  const Index root = record.root();
  const std::string account_url = record.text_of(root, "author_url");
  if (report.author.empty()) report.author = record.text_of(root, "author_name");
  if (report.title.empty()) report.title = record.text_of(root, "title");
  if (report.source.empty()) {
    const std::string account = account_in(account_url + "/status/1");
    report.source = account.empty() ? report.author : account;
  }
  // Of a picture `url` is where its bytes are.
  if (report.url.empty() && record.text_of(root, "type") != "photo") {
    report.url = post_address(record.text_of(root, "url"));
  }
}

/// An answer without a post of a known form in its markup: its words, if the markup has any.
void read_plain(const JsonRecord& record, const MappedText& markup, const OffsetMap& map, ReportSet& set) {
  const std::string type = record.text_of(record.root(), "type");
  Report& report = *set.add(ReportKind::post);
  MappedText words(map);
  report.links = write_markup(markup, words);
  words.trim_end();
  words.give(report);
  if (type == "photo") report.media.push_back({std::nullopt, "image", ""});
  if (type == "video") report.media.push_back({std::nullopt, "video", ""});
  fill_from_answer(record, report);
  const bool is_silent = report.text.empty() && report.media.empty() && report.title.empty();
  if (is_silent) report.hollow = "empty body";
}

}  // namespace

void read_oembed(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::post)->hollow = "unreadable record";
    return;
  }
  MappedText markup(bytes.map);
  const Index html = record->find(record->root(), "html");
  if (record->is_string(html)) record->write(html, markup);
  const auto posts = read_posts_in(markup, bytes.map, set);
  if (posts.empty()) return read_plain(*record, markup, bytes.map, set);
  fill_from_answer(*record, set.reports().front());
}

}  // namespace gavah::extract
