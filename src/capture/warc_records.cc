// WARC 1.0 and 1.1 records (ISO 28500).
#include <algorithm>
#include <charconv>

#include "base/byte_window.h"
#include "base/format.h"
#include "capture/archive_index.h"
#include "capture/http_message.h"
#include "capture/record_digest.h"
#include "capture/web_archive.h"

namespace gavah::capture {
namespace {

/// The same sign that find_record() goes by: a search that finds nothing then is the last one of its document.
constexpr std::string_view kNextRecord = "\nWARC/";

/// What is looked at beyond a block to see whether a record ends there: two line ends and "WARC/".
constexpr std::uint64_t kAfterBlockBytes = 16;

/// So many bytes of a plain archive are looked at together, for their digests.
constexpr std::uint64_t kLookAheadBytes = 4 * kMebibyte;

class WarcReader {
 public:
  WarcReader(const Document& document, Intake& intake)
      : document_(document),
        intake_(intake),
        window_(document.held.empty() ? ByteWindow(document.bytes) : ByteWindow(document.held)) {}

  Result<void> read() {
    for (;;) {
      GAVAH_ASSIGN(const bool found, find_record());
      if (!found) return {};
      GAVAH_TRY(read_record());
    }
  }

 private:
  struct Header {
    HeaderFields fields;
    std::string type;
    std::uint64_t declared_bytes = 0;
  };

  std::string where() const { return inner_path(document_.path, format("byte {}", record_begin_)); }

  // What grows may move: digests that were worked out ahead are known by where their bytes lay.
  Result<void> grow_to(std::uint64_t count) {
    if (window_.view().size() >= count || window_.is_last()) return {};
    intake_.digests_ahead().clear();
    GAVAH_TRY(window_.grow_to(count));
    return {};
  }
  Result<void> grow() {
    if (window_.is_last()) return {};
    intake_.digests_ahead().clear();
    GAVAH_TRY(window_.grow());
    return {};
  }

  /// Whether the documents of this archive need digests: their chains are the archive's with ranges behind it.
  PartDigests document_digests() const {
    const bool is_wanted = intake_.wants_digest(chain_to(document_, {}, "none"));
    return is_wanted ? PartDigests::computed : PartDigests::left_to_caller;
  }

  /// Of a plain archive: has the digests of the records in the next bytes worked out together.
  Result<void> look_ahead() {
    if (!document_.held.empty() || window_.offset() < looked_until_ || !hashes_in_lanes()) return {};
    GAVAH_TRY(grow_to(kLookAheadBytes));
    DigestsAhead& ahead = intake_.digests_ahead();
    ahead.clear();
    const std::string_view view = window_.view();
    // The last record's line ends still stand before the next.
    const std::size_t begin = std::min(view.find_first_not_of("\r\n"), view.size());
    const std::size_t planned = ahead.plan_records(view.substr(begin), document_digests());
    ahead.work();
    // The record that the window cuts is looked at with the next ones; what cannot be planned is not tried again and
    // again, for each look moves the window.
    const bool is_most = planned > view.size() / 2;
    looked_until_ = window_.offset() + (is_most ? begin + planned : view.size());
    return {};
  }

  /// Moves to the next line that begins with "WARC/"; false at the end.
  Result<bool> find_record() {
    std::uint64_t skipped = 0;
    record_begin_ = window_.offset();
    GAVAH_TRY(look_ahead());
    for (;;) {
      GAVAH_TRY(grow_to(kAfterBlockBytes));
      const std::string_view view = window_.view();
      const std::size_t blank = std::min(view.find_first_not_of("\r\n"), view.size());
      if (blank > 0) {
        window_.consume(blank);
        continue;
      }
      if (view.empty()) break;
      if (view.starts_with("WARC/")) {
        tell_skipped(skipped);
        record_begin_ = window_.offset();
        return true;
      }
      if (skipped == 0) record_begin_ = window_.offset();
      const std::size_t line = view.find("\nWARC/");
      const std::size_t dropped = line != std::string_view::npos ? line + 1
                                  : window_.is_last()            ? view.size()
                                  : view.size() > 8              ? view.size() - 8
                                                                 : 0;
      skipped += dropped;
      window_.consume(dropped);
      if (dropped == 0) GAVAH_TRY(grow());
    }
    tell_skipped(skipped);
    return false;
  }

  void tell_skipped(std::uint64_t skipped) {
    if (skipped == 0) return;
    intake_.add_problem("bytes", where(), format("{} bytes are no WARC record", skipped));
  }

  /// The record's header, which is consumed; nothing (told as a problem) when it is none.
  Result<std::optional<Header>> take_header() {
    const std::uint64_t limit = intake_.limits().max_header_bytes;
    std::size_t end = header_end(window_.view());
    while (end == std::string_view::npos && window_.view().size() < limit && !window_.is_last()) {
      GAVAH_TRY(grow());
      end = header_end(window_.view());
    }
    if (end == std::string_view::npos || end > limit) {
      intake_.add_problem("record", where(), "its header does not end");
      window_.consume(5);  // past "WARC/", so that the search goes on
      return std::optional<Header>();
    }
    Header header;
    const std::string_view lines = window_.view().substr(0, end);
    header.fields = HeaderFields::parse(lines.substr(lines.find('\n') + 1));
    window_.consume(end);
    header.type = ascii_lower(header.fields.get("warc-type"));
    const std::string_view length = header.fields.get("content-length");
    const auto parsed = std::from_chars(length.data(), length.data() + length.size(), header.declared_bytes);
    if (parsed.ec != std::errc{} || length.empty()) {
      intake_.add_problem("record", where(), format("its length '{}' is no number", length.substr(0, 40)));
      return std::optional<Header>();
    }
    return header;
  }

  /// True when a record may end `at` bytes into the window: nothing follows, or the next record does.
  bool ends_at(std::uint64_t at) const {
    const std::string_view rest = window_.view().substr(static_cast<std::size_t>(at));
    const std::size_t text = rest.find_first_not_of("\r\n");
    return text == std::string_view::npos || rest.substr(text).starts_with("WARC/");
  }

  /// Without the line ends that stand before `at`.
  std::uint64_t before_line_ends(std::size_t at) const {
    const std::size_t last = window_.view().substr(0, at).find_last_not_of("\r\n");
    return last == std::string_view::npos ? 0 : last + 1;
  }

  /// Where the block really ends, when the stated length is a lie: before the next record, or at the end.
  Result<std::uint64_t> search_end(std::uint64_t declared_bytes) {
    std::size_t from = 0;
    const std::uint64_t limit = intake_.limits().record_bytes();
    for (;;) {
      const std::size_t found = window_.view().find(kNextRecord, from);
      if (found != std::string_view::npos) return before_line_ends(found);
      if (window_.is_last() || window_.view().size() > limit) break;
      from = window_.view().size() - std::min(window_.view().size(), kNextRecord.size());
      GAVAH_TRY(grow());
    }
    return std::min<std::uint64_t>(declared_bytes, window_.view().size());
  }

  /// Buffers the block; gives its length, corrected where the stated one is a lie.
  Result<std::uint64_t> block_bytes(const Header& header) {
    const std::uint64_t declared = header.declared_bytes;
    const std::uint64_t left = window_.end() - window_.offset();
    if (declared <= left) {
      GAVAH_TRY(grow_to(std::min(left, declared + kAfterBlockBytes)));
      if (ends_at(declared)) return declared;
    }
    GAVAH_ASSIGN(const std::uint64_t real, search_end(declared));
    intake_.add_flaw("record", where(),
                     format("it states {} bytes, but {}: kept are {}", declared,
                            declared > left ? format("only {} are left", left) : "no record ends there", real));
    return real;
  }

  Result<void> read_record() {
    GAVAH_ASSIGN(const std::optional<Header> header, take_header());
    if (!header) return {};
    if (header->declared_bytes > intake_.limits().record_bytes() &&
        header->declared_bytes <= window_.end() - window_.offset()) {
      intake_.add_problem(
          "record", where(),
          format("it has {} bytes; one record may have {}", header->declared_bytes, intake_.limits().record_bytes()));
      window_.consume(header->declared_bytes);
      return {};
    }
    GAVAH_ASSIGN(const std::uint64_t size, block_bytes(*header));
    GAVAH_ASSIGN(const bool is_passed, is_passed_over(document_, {record_begin_, window_.offset() + size}, intake_));
    const std::string_view block = window_.view().substr(0, static_cast<std::size_t>(size));
    if (!is_passed) GAVAH_TRY(take_block(*header, block));
    window_.consume(size);
    return {};
  }

  void check_block(const Header& header, std::string_view block) {
    const std::string_view stated = header.fields.get("warc-block-digest");
    if (stated.empty() || match_digest(stated, block, intake_.digests_ahead()) != DigestMatch::different) return;
    intake_.add_flaw("record", where(), "its block digest is not that of its block");
  }

  RecordMeta meta_of(const Header& header) const {
    RecordMeta meta;
    meta.path = inner_path(document_.path, header.fields.get("warc-record-id"));
    std::string_view url = header.fields.get("warc-target-uri");
    // Old wget writes the address in angle brackets.
    if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
    meta.url = url;
    const std::string_view content_type = header.fields.get("content-type");
    meta.media_type = media_type_of(content_type);
    meta.charset = charset_of(content_type);
    if (const auto date = Instant::parse(header.fields.get("warc-date"))) meta.captured = *date;
    meta.payload_digest = header.fields.get("warc-payload-digest");
    meta.truncated = header.fields.get("warc-truncated");
    meta.id = header.fields.get("warc-record-id");
    meta.date = header.fields.get("warc-date");
    meta.ip = header.fields.get("warc-ip-address");
    meta.segment = header.fields.get("warc-segment-number");
    meta.refers_to = header.fields.get("warc-refers-to");
    meta.refers_to_url = header.fields.get("warc-refers-to-target-uri");
    meta.refers_to_date = header.fields.get("warc-refers-to-date");
    return meta;
  }

  /// Who crawled, with what: kept with the capture (Berkeley Protocol 155 g), not published.
  void take_info(std::string_view block) {
    const HeaderFields fields = HeaderFields::parse(block);
    for (const char* name :
         {"software", "operator", "hostname", "ip", "ispartof", "description", "http-header-user-agent"}) {
      if (fields.has(name)) intake_.add_hint(format("warcinfo {}", name), fields.get(name).substr(0, 1024));
    }
  }

  Result<void> take_block(const Header& header, std::string_view block) {
    check_block(header, block);
    const RecordMeta meta = meta_of(header);
    const ByteRange range{window_.offset(), window_.offset() + block.size()};
    const bool is_http = meta.media_type == "application/http" || block.starts_with("HTTP/");
    if (header.type == "response" && is_http) return take_http_response(document_, range, block, meta, intake_);
    const bool is_document = header.type == "response" || header.type == "resource" || header.type == "conversion";
    if (is_document && !meta.url.starts_with("metadata:") && meta.media_type != "text/dns") {
      return take_resource(document_, range, block, meta, intake_);
    }
    if (header.type == "revisit") {
      intake_.archive_index().note_revisit(meta, block, chain_to(document_, {record_begin_, range.end}, "none"));
    } else {
      if (header.type == "warcinfo") take_info(block);
      intake_.pass_over(is_document ? "metadata record"
                                    : format("{} record", header.type.empty() ? "nameless" : header.type));
    }
    return {};
  }

  const Document& document_;
  Intake& intake_;
  ByteWindow window_;
  std::uint64_t record_begin_ = 0;
  std::uint64_t looked_until_ = 0;
};

}  // namespace

Result<void> read_warc_records(const Document& document, Intake& intake) {
  auto done = WarcReader(document, intake).read();
  // The bytes that this reader held are gone; other bytes may come to lie where they lay.
  if (document.held.empty()) intake.digests_ahead().clear();
  return done;
}

}  // namespace gavah::capture
