#pragma once

#include <string_view>
#include <vector>

#include "extract/class_table.h"
#include "extract/mapped_text.h"
#include "extract/report_set.h"
#include "html/html.h"

namespace gavah::extract {

/// True for an element that embeds a post of another source: blockquotes of X, Instagram, TikTok, Bluesky and Facebook,
/// Telegram's widget (its script, its frame, or the message as rendered), frames of platforms for posts and video
/// whatever attribute holds their address while they wait, AMP's and other elements that name a post by its number,
/// addresses that WordPress was to embed, and scripts or attributes that hold such markup until a reader consents.
/// `table` is the page's.
[[nodiscard]] bool is_embed_root(const html::Document& page, const ClassTable& table, html::NodeIndex index);

/// Reads what is embedded at `index` (an embed root) into reports of their own, mostly one: words, account, date,
/// address. A report is empty of words where the page holds a frame only. What the set has already (the copy for
/// readers without scripts) is passed over; fewer when the set is full. `bytes` is the page.
std::vector<const Report*> read_embedded_posts(const html::Document& page, std::string_view bytes,
                                               html::NodeIndex index, const OffsetMap& map, ReportSet& set);

/// Reads the posts whose markup stands in strings of the page's scripts only (the state that a script is to render,
/// raw oEmbed answers), at most 20, in order.
std::vector<const Report*> read_stated_posts(const html::Document& page, std::string_view bytes, const OffsetMap& map,
                                             ReportSet& set);

/// Reads the posts in a fragment of HTML that was itself decoded from a record; `map` is that of the record.
std::vector<const Report*> read_posts_in(const MappedText& markup, const OffsetMap& map, ReportSet& set);

}  // namespace gavah::extract
