#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/json.h"
#include "model/anchor.h"
#include "model/span.h"
#include "model/time_interval.h"

namespace gavah {

enum class ReportKind { article, post, message, row, caption, media };
enum class RelationKind { embeds, quotes, forwards, replies, translates, cites, edits, retracts, versions, album };

/// Text bytes [text) came from part bytes [source): every character of the span decodes from that range.
/// Pieces are ordered by text, do not overlap there, and together cover the text but for inserted line breaks.
struct MapPiece {
  Span text;
  ByteRange source;
  friend bool operator==(const MapPiece&, const MapPiece&) = default;
};

/// `album`: it was sent together with its target, the first of an album, or seems to have been (docs/formats.md).
struct Relation {
  RelationKind kind = RelationKind::embeds;
  std::string target;        ///< a report id in hex, or an address or platform id not yet resolved
  std::optional<Span> span;  ///< where the text states it
  friend bool operator==(const Relation&, const Relation&) = default;
};

struct Media {
  std::optional<PartNumber> part;
  std::string media_type;
  std::string caption;
  friend bool operator==(const Media&, const Media&) = default;
};

/// One statement by one source at one time.
struct Report {
  ReportId id;
  CaptureId capture;
  PartNumber part = 0;
  std::string path;  ///< in filters: the input's name
  ReportKind kind = ReportKind::article;
  std::string source;  ///< id in the registry where known, else what the bytes say: a host ("example.org"), an account
                       ///< ("@name")
  std::string url;
  TimeInterval published;  ///< may be one-sided: an undated article is published before its capture
  std::optional<Instant> captured;
  std::string title;
  std::string author;
  std::string lang;  ///< "en", "fa", "ar", "und"
  std::string text;  ///< UTF-8, as extracted, never folded
  std::vector<MapPiece> map;
  std::vector<Relation> relations;
  std::vector<std::string> links;
  std::vector<Media> media;
  std::string
      audience;  ///< whom it was meant for, where the bytes say that it was not everyone: "followers", "direct",
                 ///< "subscribers", "private", "unlisted"; "deleted" when its author took it back. Empty: not stated
  std::string hollow;  ///< why this capture holds no report ("login wall"), empty otherwise
};

std::string_view name_of(ReportKind kind);
Result<ReportKind> report_kind_from(std::string_view name);
std::string_view name_of(RelationKind kind);
Result<RelationKind> relation_kind_from(std::string_view name);

std::string to_json(const Report& report);  ///< {"type":"report",…} as docs/formats.md lists it
Result<Report> report_from_json(const Json& json);

/// The smallest range of part bytes that holds everything `span` came from; nothing when no piece covers it.
std::optional<ByteRange> source_range(const Report& report, Span span);
/// source_range as an anchor.
std::optional<Anchor> anchor_of(const Report& report, Span span);

}  // namespace gavah
