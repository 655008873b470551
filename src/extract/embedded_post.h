#pragma once

#include <optional>
#include <string>

#include "extract/mapped_text.h"
#include "extract/report_set.h"
#include "html/html.h"

namespace gavah::extract {

/// True for an element that embeds a post of another source: blockquotes of X, Instagram, TikTok, Bluesky and Facebook,
/// Telegram's widget (its script, its frame, or the message as rendered), frames of video sites.
[[nodiscard]] bool is_embed_root(const html::Document& page, html::NodeIndex index);

/// Reads the embedded post at `index` (an embed root) into a report of its own: words, account, date, address. The
/// report is empty of words where the page holds a frame only. Null when the set is full.
Report* read_embedded_post(const html::Document& page, html::NodeIndex index, const OffsetMap& map, ReportSet& set);

}  // namespace gavah::extract
