#include "extract/meta_message.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "extract/json_record.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;

/// The bytes that the letters of `text` stand for; empty when it is no UTF-8 written as Latin-1.
std::string bytes_behind(std::string_view text) {
  std::string out;
  bool is_plain = true;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint letter = decode_utf8(text, at);
    if (letter.value > 0xFF) return {};
    is_plain = is_plain && letter.value < 0x80;
    out.push_back(static_cast<char>(static_cast<unsigned char>(letter.value)));
    at += letter.size_bytes;
  }
  return is_plain || !is_utf8(out) ? std::string() : out;
}

/// Appends `raw` to `out`, put right where it needs to be.
void write_right(const MappedText& raw, MappedText& out) {
  const std::string bytes = bytes_behind(raw.text());
  if (bytes.empty()) return out.append(raw, {0, raw.size()});
  std::uint32_t written = 0;  // in raw, where each byte is a letter of one byte below 0x80 and of two above
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = decode_utf8(bytes, at).size_bytes;
    const auto past = written + static_cast<std::uint32_t>(size == 1 ? 1 : 2 * size);
    if (size == 1) {
      out.append(raw, {written, past});
    } else {
      out.append_as(std::string_view(bytes).substr(at, size), raw, {written, past});
    }
    written = past;
    at += size;
  }
}

std::string right(std::string text) {
  const std::string bytes = bytes_behind(text);
  return bytes.empty() ? text : bytes;
}

void fill(const JsonRecord& record, const OffsetMap& map, Report& report) {
  const Index root = record.root();
  report.author = right(record.text_of(root, "sender_name"));
  report.source = report.author;
  MappedText raw(map);
  if (const Index content = record.find(root, "content"); content != JsonRecord::kNone) record.write(content, raw);
  MappedText words(map);
  write_right(raw, words);
  words.trim_end();
  words.give(report);
  const std::string milliseconds = record.text_of(root, "timestamp_ms");
  if (const auto date = read_machine_date(milliseconds)) report.published = interval_of(*date, milliseconds);
  report.links = links_in(report.text);
  const std::string shared = record.text(record.find(root, {"share", "link"}));
  const bool is_known = std::find(report.links.begin(), report.links.end(), shared) != report.links.end();
  if (!shared.empty() && !is_known) report.links.push_back(shared);
  constexpr auto kLists = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"photos", "image"}, {"videos", "video"}, {"audio_files", "audio"}, {"gifs", "image"}, {"files", "file"}});
  for (const auto& [list, type] : kLists) {
    const std::size_t count = record.items(record.find(root, list)).size();
    for (std::size_t i = 0; i < count; ++i) report.media.push_back({std::nullopt, std::string(type), ""});
  }
  const bool is_unsent = record.is_true(record.find(root, "is_unsent"));
  if (is_unsent) report.hollow = "post not available";
  if (report.text.empty() && report.media.empty() && report.links.empty()) report.hollow = "empty body";
}

}  // namespace

void read_meta_message(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  Report& report = *set.add(ReportKind::message);
  if (!record) {
    report.hollow = "unreadable record";
    return;
  }
  fill(*record, bytes.map, report);
}

}  // namespace gavah::extract
