#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/disk.h"
#include "base/result.h"
#include "model/capture.h"

namespace gavah::capture {

constexpr std::uint64_t kMebibyte = 1024ULL * 1024ULL;

/// What one capture may cost. Every loop over bytes from outside is held by one of these.
struct Limits {
  /// One part after its last step. Larger ones are set aside: a page or post has kilobytes, a clip some megabytes.
  std::uint64_t max_part_bytes = 256 * kMebibyte;
  /// One record of a web archive, before and after its codings. It is held in memory whole, at worst three times; a
  /// larger one (a film of some minutes) is set aside by name, and its bytes stay in the capture.
  std::uint64_t max_record_bytes = 64 * kMebibyte;
  /// All that is inflated from one capture may reach this, or `max_inflate_ratio` times the capture, whichever is
  /// more: deflate reaches 1,032:1 on zeros, pages and posts about 20:1.
  std::uint64_t max_expanded_bytes = 1024 * kMebibyte;
  std::uint64_t max_inflate_ratio = 50;
  /// Parts of one capture: a part number and a row in the index each.
  std::uint32_t max_parts = 5'000'000;
  /// Entries of one zip directory.
  std::uint32_t max_members = 1'000'000;
  /// Containers within containers: a multi-WACZ is 3 deep (zip, zip, gzip); a quine never ends.
  std::uint32_t max_nesting = 5;
  /// A header of WARC, ARC or HTTP.
  std::uint64_t max_header_bytes = 256 * 1024;
  /// Problems kept with their words; further ones are counted only.
  std::uint32_t max_problems = 1000;

  std::uint64_t record_bytes() const { return max_record_bytes < max_part_bytes ? max_record_bytes : max_part_bytes; }
};

/// Something that was set aside while the rest was read.
struct Problem {
  std::string what;    ///< "record", "row", "message", "member": for people
  std::string where;   ///< its name or offset inside the container
  std::string reason;  ///< one sentence
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// Who works out the digests of the parts.
enum class PartDigests {
  computed,        ///< read() fills Part::digest
  of_unpacked,     ///< those alone of parts that lie packed; digest_of_plain() finds the others without a reader's word
  left_to_caller,  ///< Part::digest stays zero: for a caller that must not take the reader's word, as of a sandbox
};

struct ReadOptions {
  Limits limits;
  /// How to read a table, as JSON: {"columns":{"text":"Message","date":"Date","source":"Outlet","url":"Link",
  /// "place":["Town","County"],…},"counts":{"killed":"Dead"},"delimiter":",","date_format":"dd/mm/yyyy"}; all members
  /// in docs/formats.md. Values of `columns` are header cells. Empty: known exports and obvious headers are recognised.
  std::string mapping;
  PartDigests part_digests = PartDigests::computed;
  /// Asked before each record of a web archive, member of a ZIP or tar archive, post of a JSON export and body of a
  /// mail is looked at, when it is known where it lies; false passes it over, which is told as a problem and in the
  /// hint "incomplete". An error ends the reading. Empty: all are read.
  std::function<Result<bool>()> before_record = {};
};

/// What reading a capture gave, besides its parts.
struct Container {
  /// As Capture::format: "file", "warc", "arc", "wacz", "zip", "tar", "mhtml", "mail",
  /// "html" (a chat of Telegram), "json", "jsonl", "csv", "chat".
  std::string format;
  /// Go to Capture::hints. Of a table: "mapping" (JSON as in ReadOptions, as resolved), "header" (JSON array of the
  /// header's cells); "media_alone"="1" where all parts are pictures, films or sounds. A table inside another container
  /// carries both on each part instead.
  std::map<std::string, std::string> hints;
  std::vector<Problem> problems;  ///< at most Limits::max_problems of them, in the order met
  std::uint64_t problem_count = 0;
  /// What the container holds that is no document of its own, by kind: {"request record", 3}, {"service message", 1}.
  std::map<std::string, std::uint64_t> passed_over;
  std::uint32_t part_count = 0;
  /// Set when nothing could be read: no part was handed over, and the whole capture belongs in quarantine with this
  /// sentence. A sound container without documents (a WARC of requests) is not unreadable; it has no parts.
  std::optional<std::string> unreadable;
};

/// Takes one part and its bytes, which live until it returns. Parts come in order of their number from 0; `capture`
/// is none, for the caller to fill. An error ends the reading and is passed on.
using PartSink = std::function<Result<void>(Part part, std::string_view bytes)>;

/// Recognises the format of `bytes` (by content first, then by `name`) and hands each part to `sink`. Memory is
/// bounded by the limits, never by the size of the capture. Bad bytes never give an error: they give problems, or
/// `unreadable`. Errors are those of `bytes` and `sink`, and a mapping that is none. Any thread; one at a time a sink.
///
/// Formats of parts, and the hints that extract finds on them:
///   html, text   a page or text file; charset only where a container states it. From a WARC or ARC: "http_status".
///                From MHTML: "frame"="1" on a page in a frame. From an e-mail: "mail_from", "mail_subject",
///                "mail_date"
///   pdf          a document
///   x-v1         one post object. From an archive: "author_handle" and "author_name", where it lies beside account.js;
///                "deleted"="1" on a post that its author took back
///   x-note       the whole text of a long post, from an archive; the same hints
///   x-v2         one element of data[] or includes.tweets[]: "author_id", "author_handle", "author_name" where
///                includes.users has them; "included"="1" on a tweet that is there because another refers to it
///   telegram     one message object: "chat_title", "chat_id", "chat_type" where the export states them;
///                "album": the id of the first message of the album that it seems to belong to
///   telegram-page  one message of an HTML export. "chat_title"; "author", "forwarded_from" as the message before has
///                them, where this one leaves them to it; "album"
///   bluesky      one record of Bluesky (post or repost), alone or with what a view, feed or event has around it
///   activity     one activity of ActivityPub: Create, Update or Announce
///   chat-line    one message of a chat exported as text, from its date on. "author"; "words": where they begin in the
///                bytes; "date": as written; "day": YYYY-MM-DD where the file proves the order of its numbers
///   meta-message one message of a conversation of Facebook or Instagram
///   meta-post    one post, story, reel or comment of a download of Facebook or Instagram
///   mastodon-status  one post as the API of Mastodon gives it
///   video-info   what yt-dlp wrote about a video. "availability", "live_status"
///   video-comment  one comment below it. "video": its address
///   signal       one message of Signal. "author", "chat_title" where the history names them
///   oembed       what a platform answers to those who embed a post
///   csv-row      the bytes of one row without its line end; charset where it is not UTF-8; see Container::hints
///   xlsx-row     the <row> element of a sheet; "header", "mapping"; "strings": JSON, what its shared strings say, by
///                their number in xl/sharedStrings.xml; "dates": JSON, styles that show a number as a date; "epoch":
///                1904
///   json-row     a JSON object whose members are the cells of a known export; "mapping"
///   revisit      a record of a web archive, header and all, that says: as it was before. "payload_digest" (as on pages
///                whose stated digest was right), "refers_to", "refers_to_url", "refers_to_date", as far as it says
///   media        from a ZIP archive: "post", the number of the first part that names the file, or "alone"="1"; from a
///                package of ProofMode: "proof", and "signed"="1" where a signature lies beside it, not checked;
///                image, audio or video; other: anything else (script, JSON of an unknown shape in a web archive)
Result<Container> read(const ByteSource& bytes, std::string_view name, const ReadOptions& options,
                       const PartSink& sink);

/// A mapping for a table, guessed from its first 500 rows, for a person to edit.
struct TableDraft {
  std::string mapping;             ///< JSON, as ReadOptions::mapping; it may lack the text when no column looks like it
  std::vector<std::string> notes;  ///< what was guessed and why, what is ambiguous: a sentence each
};
/// Drafts a mapping for delimiter-separated text or a workbook; nothing for what is no table. invalid_input for a table
/// that cannot be read at all.
Result<std::optional<TableDraft>> draft_table(const ByteSource& bytes, std::string_view name);

/// The bytes of one part: walks the chain and checks the digest (a mismatch is `corrupt`).
Result<std::string> part_bytes(const ByteSource& capture, const Part& part, const Limits& limits = {});

/// Whether a chain takes ranges of what is there, and unpacks nothing.
[[nodiscard]] bool is_plain(const std::vector<ChainStep>& chain);
/// The digest of what a plain chain leads to, worked out a piece at a time. invalid_input, before a byte is hashed,
/// when that is not there or has another size than the part says.
Result<Digest> digest_of_plain(const ByteSource& capture, const Part& part);

/// part_bytes for many parts of one capture: keeps what the steps shared with the part before gave, so that the
/// parts of a compressed capture in order cost one pass. One thread; `capture` must outlive it.
class PartReader {
 public:
  explicit PartReader(const ByteSource& capture, const Limits& limits = {});
  ~PartReader();
  PartReader(const PartReader&) = delete;
  PartReader& operator=(const PartReader&) = delete;
  Result<std::string> bytes(const Part& part);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// `asked`, and every other part that shares bytes with one of them: that lies around it, or within it. What cannot be
/// told apart by the chains (ranges that overlap by half) counts as shared. Ascending; numbers that no part has are
/// left out. Parts that merely lie in one compressed stream share nothing.
std::vector<PartNumber> parts_together(std::span<const Part> parts, std::span<const PartNumber> asked);

/// What stays of a capture without some parts, as a capture of its own: of each other part the bytes that its chain
/// begins with, as they are, where those are not also what a part begins with that goes; else what its chain gives
/// alone. Nothing else stays, and all is packed: neither bytes nor lengths of what goes can be read off it.
/// One thread. The capture must outlive it.
class Remainder final : public ByteSource {
 public:
  /// `gone` are numbers of `parts`, as parts_together() gives them. invalid_input for a part without a chain.
  static Result<Remainder> of(const ByteSource& capture, std::span<const Part> parts, std::span<const PartNumber> gone,
                              const Limits& limits = {});
  Remainder(Remainder&&) noexcept;
  ~Remainder() override;

  /// The others, with their chains through these bytes.
  const std::vector<Part>& parts() const;
  std::uint64_t size() const override;
  /// corrupt when a part that is decoded has not the digest that it had.
  Result<std::string> read(ByteRange range) const override;

 private:
  struct State;
  explicit Remainder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Where the dictionary lies that a decoder of the form "zstd 8-110000" needs; nothing for other decoders.
std::optional<ByteRange> dictionary_range(std::string_view decoder);

/// Splits one row of a table (a csv-row part) into its cells: RFC 4180 quoting, the delimiter of the mapping.
std::vector<std::string> csv_cells(std::string_view row, char delimiter);

/// A file found under a path.
struct WalkedFile {
  std::string path;  ///< to open it with
  std::string name;  ///< relative to what was walked; data for people, never joined to a path
};
struct Walk {
  std::vector<WalkedFile> files;   ///< in byte order of their names, folder by folder
  std::vector<Problem> set_aside;  ///< symbolic links, special files, unreadable folders
};
/// The files at or under `path`. A file gives itself; a folder all beneath it, to a depth of 64.
Result<Walk> walk(Disk& disk, const std::string& path);

}  // namespace gavah::capture
