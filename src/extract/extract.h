#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "model/capture.h"
#include "model/report.h"

namespace gavah::extract {

/// One part, with the capture that holds it and the bytes that the part's chain ends with. Nothing is owned.
struct ExtractInput {
  const Capture& capture;
  const Part& part;
  std::string_view bytes;
};

/// What a part says, as reports: the article, message or row first, then the posts embedded in it, in the order in
/// which they stand there. Pure: the same input gives the same reports, byte for byte, on any thread.
///
/// Formats (part.format): "html", "text", "x-v1", "x-v2", "x-note", "telegram", "telegram-page", "bluesky", "activity",
/// "chat-line", "meta-message", "csv-row", "json-row", "xlsx-row", "archive-record",
/// "oembed", "revisit", "media". Another format gives no report,
/// as does a record that carries no statement of its own (a Telegram service message, an X error object).
///
/// Never fails. A part whose bytes hold no statement (login wall, block page, empty body, unreadable record) gives
/// one report with `hollow` set to the reason; what text there is stays, but says nothing about the world.
///
/// * text is UTF-8 as extracted, lines for blocks; `map` leads every run of it back to the part's bytes: copied runs
///   as one piece of equal length, each decoded entity, escape or converted character as a piece of its own.
///   Line breaks that we insert have no piece, nor have the names of columns and the marks between cells in a table.
/// * The words of an embedded post belong to the post's report alone; the article carries a relation `embeds` whose
///   target is the post's id in hex and whose span is empty and marks the place.
/// * published, url: what the bytes state wins; where they are silent the container's statement (part) is taken, then
///   the operator's (capture.about); captured likewise. source: a post's account ("@name") or a row's cell; of an
///   article the operator's, which is an id of the registry, else the host of the canonical address, else of the
///   address it was taken from.
/// * A post or message of pictures or videos without words is of kind media.
/// * Posts of X have one address however they were written: "https://x.com/i/status/ID"; relations point to it.
/// * published of an undated article is the interval from the
///   newest post it embeds (or open) to its capture (or open), precision T5.
/// * Report ids derive from (capture id, part number, order in the part, kind) under `secret`: stable across rebuilds.
///
/// Limits: at most 4,096 reports a part, 64 MiB of bytes (what exceeds it is hollow: "too large to read").
/// Cost: about 12 MB/s a core for pages, 100 MB/s for posts. May be called from any thread.
std::vector<Report> extract(const ExtractInput& input, const IdSecret& secret);

/// Where a report stands: what its id is made of.
struct ReportPlace {
  CaptureId capture;
  PartNumber part = 0;
  std::uint32_t order = 0;  ///< among the reports of the part
  ReportKind kind = ReportKind::article;
};
ReportId report_id(const ReportPlace& place, const IdSecret& secret);

/// Gives the reports of one part, made under the all-zero secret, the ids they have under `secret`, and relations among
/// them their targets: as if extract() had had the secret. So what parses need not hold it.
void give_ids(std::span<Report> reports, const IdSecret& secret);

}  // namespace gavah::extract
