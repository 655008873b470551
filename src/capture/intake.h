#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/result.h"
#include "capture/capture.h"
#include "capture/digests_ahead.h"

namespace gavah::capture {

/// Whether reading backwards in a document is cheap.
enum class Access { anywhere, forward };

/// What a reader reads: the capture itself, or something inside it.
struct Document {
  const ByteSource& bytes;
  std::vector<ChainStep> chain;  ///< the steps from the capture to `bytes`
  std::string path;              ///< names of the members on the way, for people; empty for the capture itself
  std::string name;              ///< of the file or member: its ending is a hint of the format
  std::uint32_t nesting = 0;     ///< how many containers are around it
  Access access = Access::anywhere;
  /// What the containers around it state of each of its posts: "author_handle", "author_name".
  std::map<std::string, std::string> hints = {};
  /// When it was taken, where a container around it says so.
  std::optional<Instant> captured = {};
  std::string_view held = {};  ///< the same as `bytes` where all of them are in memory, else empty
};

class ArchiveIndex;
class MediaNames;
struct RecordMeta;

/// What readers give to: numbers and digests parts for the sink, keeps the accounts, and guards the limits.
///
/// A reader returns invalid_input when it cannot go on because of the bytes; whoever called it turns that into a
/// problem (owns()) or, for the capture itself, into `unreadable`.
class Intake {
 public:
  Intake(const ReadOptions& options, const PartSink& sink, std::uint64_t capture_bytes);
  ~Intake();
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  /// Hands a part over. Its number, size and digest are filled here.
  Result<void> take(Part part, std::string_view bytes);
  /// The same for a document of a web archive, to which later records may refer.
  Result<void> take(const RecordMeta& meta, Part part, std::string_view bytes);
  /// Whether the digest of a part with that chain is asked for.
  bool wants_digest(const std::vector<ChainStep>& chain) const;
  /// The whole document as one part of that format.
  Result<void> take_document(const Document& document, std::string_view format, std::string_view media_type);

  /// Something was set aside.
  void add_problem(std::string_view what, std::string where, std::string reason);
  /// Something is not as it should be, but was read all the same.
  void add_flaw(std::string_view what, std::string where, std::string reason);
  /// True when something was set aside.
  bool has_losses() const { return has_losses_; }
  /// Counts something that is no document of its own.
  void pass_over(const std::string& kind, std::uint64_t count = 1) { container_.passed_over[kind] += count; }
  /// Takes from what may still be inflated; invalid_input when it is used up.
  Result<void> spend_inflated(std::uint64_t bytes);
  std::uint64_t inflated_left() const { return inflated_left_; }

  /// True when an error is about the bytes: they are set aside and reading goes on. Others end the reading.
  bool owns(const Error& error) const { return !sink_failed_ && error.code == ErrorCode::invalid_input; }

  /// Says what the capture is; said by the outermost reader only.
  void set_format(const Document& document, std::string_view format);
  /// Adds a value to a hint of the capture, beside others that it has; at most 4 KiB.
  void add_hint(const std::string& name, std::string_view value);
  void set_hint(const std::string& name, std::string value) { container_.hints[name] = std::move(value); }

  const ReadOptions& options() const { return options_; }
  const Limits& limits() const { return options_.limits; }
  Container& container() { return container_; }
  /// True when there are parts, and all are pictures, films and sounds.
  bool has_media_alone() const { return media_count_ > 0 && media_count_ == container_.part_count; }
  /// Digests that a reader had worked out together, where it reads ahead.
  DigestsAhead& digests_ahead() { return digests_ahead_; }
  /// From here on parts' bytes are looked through for these names; null ends it.
  void look_for(MediaNames* names) { media_names_ = names; }
  MediaNames* looked_for() const { return media_names_; }
  /// What records of web archives say of one another.
  ArchiveIndex& archive_index() { return *archive_index_; }

 private:
  Result<void> hand_over(Part part, std::string_view bytes);

  const ReadOptions& options_;
  const PartSink& sink_;
  Container container_;
  DigestsAhead digests_ahead_;
  std::unique_ptr<ArchiveIndex> archive_index_;
  std::uint64_t inflated_left_;
  MediaNames* media_names_ = nullptr;
  std::uint32_t media_count_ = 0;
  bool sink_failed_ = false;
  bool has_losses_ = false;
};

/// "a/b", or "b" when `path` is empty.
std::string inner_path(std::string_view path, std::string_view name);

/// The chain of `document` with one more step.
std::vector<ChainStep> chain_to(const Document& document, ByteRange range, std::string_view decoder);

/// What a chain leads to; the digest is not compared.
Result<std::string> chain_bytes(const ByteSource& capture, const std::vector<ChainStep>& chain, const Limits& limits);

// The readers. Each takes a document that detect() found to be of its kind.
Result<void> read_document(const Document& document, Intake& intake);
Result<void> read_gzip(const Document& document, Intake& intake);
Result<void> read_zip(const Document& document, Intake& intake);
Result<void> read_tar(const Document& document, Intake& intake);
Result<void> read_json(const Document& document, Intake& intake);
Result<void> read_table(const Document& document, Intake& intake);
/// A chat of Telegram Desktop exported as HTML: each message a part.
Result<void> read_telegram_page(const Document& document, Intake& intake);
/// A file of an X archive: each post a part.
Result<void> read_x_archive_file(const Document& document, Intake& intake);
/// A page saved as MHTML, or an e-mail: each body a part; what was sent along as what it is.
Result<void> read_mail(const Document& document, Intake& intake);
/// A chat exported as text: each message a part, with what follows on further lines.
Result<void> read_chat(const Document& document, Intake& intake);

}  // namespace gavah::capture
