#pragma once

#include <string>
#include <string_view>

#include "capture/intake.h"

namespace gavah::capture {

enum class ArchiveKind { warc, arc };

/// Reads a WARC 1.0/1.1 (ISO 28500) or an ARC 1.0: plain, one gzip member a record (as it should be), or any other
/// cutting into members. A bad member or record is set aside and reading goes on at the next.
Result<void> read_web_archive(const Document& document, ArchiveKind kind, Intake& intake);

/// Reads the records of uncompressed bytes.
Result<void> read_warc_records(const Document& document, Intake& intake);
Result<void> read_arc_records(const Document& document, Intake& intake);

/// Whether ReadOptions::before_record passes over the record that fills `range` of the document; then it is told.
Result<bool> is_passed_over(const Document& document, ByteRange range, Intake& intake);

/// What a record's header says of its block.
struct RecordMeta {
  std::string path;  ///< inner path, for people
  std::string url;
  std::string media_type;  ///< of the block
  std::string charset;
  std::optional<Instant> captured;
  std::string payload_digest;  ///< as stated, may be empty
  std::string truncated;       ///< why the crawler cut it, may be empty
  std::string id;              ///< of the record
  std::string date;            ///< as stated
  std::string ip;              ///< of the server
  std::string segment;         ///< number of a record that is cut into several; empty when it is whole
  // Of a revisit: what it refers to, as far as it says.
  std::string refers_to;
  std::string refers_to_url;
  std::string refers_to_date;
};

/// Hands over the document inside an HTTP response: header off, transfer and content codings undone. `block` are
/// bytes [range) of `document`.
Result<void> take_http_response(const Document& document, ByteRange range, std::string_view block,
                                const RecordMeta& meta, Intake& intake);
/// Hands over a block that is the document itself.
Result<void> take_resource(const Document& document, ByteRange range, std::string_view block, const RecordMeta& meta,
                           Intake& intake);

}  // namespace gavah::capture
