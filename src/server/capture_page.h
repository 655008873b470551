#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/capture.h"
#include "server/event_page.h"
#include "server/passage.h"
#include "server/trail.h"

namespace gavah::server {

/// Another capture that resembles this one, or is it.
struct Neighbour {
  CaptureId capture;
  PartNumber part = 0;
  std::string name;
  std::string how;  ///< "same bytes", "near-duplicate text", "earlier version", …
};

/// One part of a capture for the reader: text only, never markup or script.
struct CapturePage {
  Capture capture;
  Part part;
  std::vector<Part> parts;          ///< of the same capture, at most kMaxListedParts
  std::vector<ReportCard> reports;  ///< that come from this part
  std::vector<Passage> texts;   ///< of `reports`, in that order, with every claim's spans marked; at most kMaxTextBytes
  std::vector<Claim> claims;    ///< of `reports`, rejected ones too
  std::vector<EventId> events;  ///< that rest on this part
  Check digest_check;
  LogHead head;
  Check leaf_check;
  std::vector<std::string> inclusion_hex;  ///< audit path of the capture's leaf, RFC 6962, leaf's sibling first
  std::string leaf_hash_hex;
  std::vector<Neighbour> neighbours;
  std::string absent;  ///< why the bytes are not here ("withheld", "redacted", "lost"); empty when they are
};

inline constexpr std::size_t kMaxListedParts = 500;  ///< parts: a large WARC has more; the page lists the first
inline constexpr std::size_t kMaxTextBytes = 1U
                                             << 20;  ///< bytes of text a page carries; the rest is said to be left out

std::string to_json(const CapturePage& page);

}  // namespace gavah::server
