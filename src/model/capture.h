#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/json.h"
#include "model/anchor.h"
#include "model/collection.h"

namespace gavah {

/// One step of a part's chain: take these bytes of what the step before gave (first: of the capture), then decode.
/// Anyone can walk a chain with `dd` and the usual tools. `decoder` is one of:
///   "none"     the bytes as they are
///   "gzip"     one gzip member (RFC 1952); the range may reach beyond it, and what follows is not read
///   "deflate"  zlib (RFC 1950) or, without its header, raw deflate (RFC 1951): HTTP servers send both
///   "zip"      raw deflate (RFC 1951), as in an entry of method 8; a stored entry is "none"
///   "brotli" (RFC 7932), "zstd" (RFC 8878)
///   "zstd 8-110000" the same, with the dictionary that lies there in what the step before gave (itself packed, or not)
///   "http"     what follows the first empty line
///   "dechunk"  HTTP/1.1 chunked coding (RFC 9112, 7.1)
///   "base64", "quoted-printable"
/// A compressed or chunked stream that is cut or damaged gives the bytes before that point.
struct ChainStep {
  ByteRange range;
  std::string decoder = "none";
  friend bool operator==(const ChainStep&, const ChainStep&) = default;
};

/// What the operator says about what is taken in (`gavah add --about`): claims of the operator, not facts of the bytes.
struct About {
  std::string source;                ///< id in the registry of sources
  std::string url;                   ///< address it was taken from
  std::optional<Instant> captured;   ///< when it was taken
  std::optional<Instant> published;  ///< when it is said to have been published
  std::string collector;
  std::string note;
  Collection collection;
  friend bool operator==(const About&, const About&) = default;
};

/// The bytes of one document inside a capture, and what its container says of it.
struct Part {
  CaptureId capture;
  PartNumber number = 0;
  std::vector<ChainStep> chain;
  std::string format;      ///< how extract reads it: "html", "text", "telegram", "csv-row" and so on (docs/formats.md)
  std::string media_type;  ///< as declared ("text/html"), may be empty
  std::string charset;     ///< as declared by the container (HTTP header), may be empty
  std::string url;         ///< as the container states it, may be empty
  std::string path;        ///< name inside the container (zip entry, WARC record id), for people; never used as a path
  std::optional<Instant> captured;  ///< as the container states it (WARC-Date)
  std::uint64_t size_bytes = 0;     ///< after the last step
  Digest digest;                    ///< SHA-256 of the bytes after the last step
  /// What else the container says and extract needs: e.g. "author_name", "author_handle", "chat_title", "header" (CSV).
  std::map<std::string, std::string> hints;
  friend bool operator==(const Part&, const Part&) = default;
};

/// What was acquired once.
struct Capture {
  CaptureId id;
  std::string name;    ///< file name as given, for people
  std::string format;  ///< container: "file", "warc", "wacz", "jsonl", "json", "csv", "chat", "zip"
  std::uint64_t size_bytes = 0;
  Digest digest;  ///< SHA-256 of the plaintext bytes; a sealed slot, never in a leaf
  Instant added;  ///< operator's clock
  About about;
  std::vector<CaptureId> same_bytes;  ///< earlier captures of the very same bytes
  std::uint32_t part_count = 0;
  /// Parts that were destroyed since, ascending; size and digest are then those of the bytes that stay, and they lie
  /// where the other parts' chains say.
  std::vector<PartNumber> destroyed;
  std::optional<std::int64_t> leaf;  ///< index in the log, once sealed
  /// Shared by the parts: e.g. the CSV mapping as JSON ("mapping"), a chat's title.
  std::map<std::string, std::string> hints;
};

std::string to_json(const Capture& capture);  ///< {"type":"capture",…}
Result<Capture> capture_from_json(const Json& json);
std::string to_json(const Part& part);  ///< {"type":"part",…}
Result<Part> part_from_json(const Json& json);
void write_about(JsonWriter& out, const About& about);
Result<About> about_from_json(const Json& json);

}  // namespace gavah
